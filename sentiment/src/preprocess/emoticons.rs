//! Faces of ASCII characters: many ways to draw one become one token.

use super::characters::{is_boundary, is_letter_or_digit};
use super::scanner::Place;
use super::tokens::Tokens;

/// Every token that this module makes.
pub(super) const CANONICAL: [&str; 22] = [
    ":)", ";)", ":(", ":')", ":'(", ">:(", ":d", ":p", ":/", ":|", ":o", ":*", ":s", ":3", ":@",
    "xd", "<3", "</3", "^_^", "-_-", "t_t", "o_o",
];

/// Whether `token` is one of [`CANONICAL`].
pub(super) fn is_canonical(token: &str) -> bool {
    token.len() <= LONGEST && CANONICAL.contains(&token)
}

/// Bytes of the longest of [`CANONICAL`]: most words are longer.
const LONGEST: usize = 3;

/// Reads one emoticon.
pub(super) fn read(place: Place<'_>, tokens: &mut Tokens) -> Option<usize> {
    let bytes = place.rest.as_bytes();
    let found = match bytes.first()? {
        b':' | b';' | b'=' => eyes_first(bytes).or_else(|| upright(bytes)),
        b'(' | b')' | b'[' | b']' => {
            mouth_first(bytes).filter(|_| place.before.is_none_or(char::is_whitespace))
        }
        b'>' => angry(bytes).or_else(|| upright(bytes)),
        b'<' => heart(bytes),
        b'x' | b'X' => laughing(bytes),
        b'^' | b'-' | b't' | b'T' | b'o' | b'O' | b'0' => upright(bytes),
        _ => None,
    };
    let (token, length) = found?;
    let starts_free = !place.before.is_some_and(is_letter_or_digit);
    let ends_free = is_boundary(place.rest[length..].chars().next());
    let is_letters = bytes[0].is_ascii_alphanumeric() || bytes[length - 1].is_ascii_alphanumeric();
    // ":D" must stand alone; "thanks:)" is fine, "a:(b)" is not.
    let stands = if token == "<3" || token == "</3" {
        !place.rest[length..]
            .starts_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '%'))
    } else if is_letters {
        starts_free && ends_free
    } else {
        starts_free || ends_free
    };
    stands.then(|| {
        tokens.push(token);
        length
    })
}

/// `:)`, `;-D`, `:'(`, `=/`, with the mouth drawn once or many times.
fn eyes_first(bytes: &[u8]) -> Option<(&'static str, usize)> {
    let eyes = bytes[0];
    let mut at = 1;
    let has_tear = matches!(bytes.get(at), Some(b'\'' | b','));
    if has_tear || (bytes.get(at) == Some(&b'o') && matches!(bytes.get(at + 1), Some(b')' | b'(')))
    {
        at += 1;
    }
    while matches!(bytes.get(at), Some(b'-' | b'^' | b'~')) && at < 4 {
        at += 1;
    }
    let mouth = *bytes.get(at)?;
    let token = match (mouth, eyes) {
        (b')' | b']' | b'}', _) if has_tear => ":')",
        (b'(' | b'[' | b'{', _) if has_tear => ":'(",
        _ if has_tear => return None,
        (b')' | b']' | b'}', b';') => ";)",
        (b')' | b']' | b'}', _) | (b'>', b':') => ":)",
        (b'(' | b'[' | b'{', _) | (b'<' | b'c' | b'C', b':') => ":(",
        (b'D' | b'd', _) => ":d",
        (b'P' | b'p', _) => ":p",
        (b'/' | b'\\', _) if bytes.get(at + 1) != Some(&b'/') => ":/",
        (b'|', _) => ":|",
        (b'O' | b'o' | b'0', b':') => ":o",
        (b'*', _) => ":*",
        (b'S' | b's', b':') => ":s",
        (b'3', b':') => ":3",
        (b'@', b':') => ":@",
        _ => return None,
    };
    Some((token, at + repeats(&bytes[at..])))
}

/// `(:`, `)-:`.
fn mouth_first(bytes: &[u8]) -> Option<(&'static str, usize)> {
    let mut at = repeats(bytes);
    if matches!(bytes.get(at), Some(b'-' | b'\'')) {
        at += 1;
    }
    matches!(bytes.get(at), Some(b':' | b';' | b'=')).then_some(())?;
    Some((if matches!(bytes[0], b'(' | b'[') { ":)" } else { ":(" }, at + 1))
}

/// `>:(`, `>:-[`.
fn angry(bytes: &[u8]) -> Option<(&'static str, usize)> {
    if bytes.get(1) != Some(&b':') {
        return None;
    }
    eyes_first(&bytes[1..]).filter(|(face, _)| *face == ":(").map(|(_, length)| (">:(", length + 1))
}

/// `<3`, `<333`, `</3`.
fn heart(bytes: &[u8]) -> Option<(&'static str, usize)> {
    let is_broken = matches!(bytes.get(1), Some(b'/' | b'\\'));
    let at = 1 + usize::from(is_broken);
    (bytes.get(at) == Some(&b'3'))
        .then(|| (if is_broken { "</3" } else { "<3" }, at + repeats(&bytes[at..])))
}

/// `XD`, `xDDD`.
fn laughing(bytes: &[u8]) -> Option<(&'static str, usize)> {
    matches!(bytes.get(1), Some(b'd' | b'D')).then(|| ("xd", 1 + repeats(&bytes[1..])))
}

/// `^_^`, `-__-`, `T.T`, `o_O`: two eyes and what is between them.
fn upright(bytes: &[u8]) -> Option<(&'static str, usize)> {
    let between = bytes.get(1)?;
    let at = match between {
        b'_' => 1 + repeats(&bytes[1..]),
        b'.' | b'-' => 2,
        b'^' if bytes[0] == b'^' => 1,
        _ => return None,
    };
    let token = match (bytes[0], *bytes.get(at)?) {
        (b'^', b'^') => "^_^",
        (b'-', b'-') if *between != b'-' => "-_-",
        (b'=', b'=') if *between == b'_' => "-_-",
        (b'T' | b't', b'T' | b't') if *between != b'-' => "t_t",
        (b';', b';') => "t_t",
        (b'o' | b'O' | b'0', b'o' | b'O' | b'0') if *between != b'-' && !is_number(bytes) => "o_o",
        (b'>', b'<') => ":(",
        _ => return None,
    };
    Some((token, at + 1))
}

/// `0.0` is a number, `0.o` and `0_0` are not.
fn is_number(bytes: &[u8]) -> bool {
    bytes.starts_with(b"0.0")
}

/// How often the first byte is repeated at the start.
fn repeats(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| **byte == bytes[0]).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_canonical_emoticon_is_found_again() {
        assert!(CANONICAL.iter().all(|emoticon| is_canonical(emoticon)));
        assert!(!is_canonical("no") && !is_canonical("airline"));
    }
}
