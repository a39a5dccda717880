//! Which encoding bytes look like.

use crate::Encoding;

/// The encoding of the file that begins with these bytes.
pub fn of(bytes: &[u8]) -> Encoding {
    match bytes {
        [0xff, 0xfe, ..] => Encoding::Utf16Le,
        [0xfe, 0xff, ..] => Encoding::Utf16Be,
        _ => in_pairs(bytes).unwrap_or_else(|| in_bytes(bytes)),
    }
}

/// UTF-16 without a mark: every other byte of western text is zero.
fn in_pairs(bytes: &[u8]) -> Option<Encoding> {
    let zeros =
        |first: usize| bytes.iter().skip(first).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let most = bytes.len() / 4;
    if odd > most.max(even) {
        Some(Encoding::Utf16Le)
    } else if even > most.max(odd) {
        Some(Encoding::Utf16Be)
    } else {
        None
    }
}

/// UTF-8 where most lines with more than ASCII are: a few broken ones do not make it another encoding.
fn in_bytes(bytes: &[u8]) -> Encoding {
    let (mut fitting, mut broken) = (0, 0);
    for line in bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_ascii()) {
        match str::from_utf8(line) {
            Ok(_) => fitting += 1,
            Err(_) => broken += 1,
        }
    }
    if broken > fitting { Encoding::Windows1252 } else { Encoding::Utf8 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf_16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn each_encoding_is_told_from_its_bytes() {
        let text = "text\nretardé à Orly, été gâché\n";
        assert_eq!(of(text.as_bytes()), Encoding::Utf8);
        assert_eq!(of(b"text\nlate\n"), Encoding::Utf8);
        assert_eq!(of(b"text\nretard\xe9 \xe0 Orly\n"), Encoding::Windows1252);
        assert_eq!(of(&utf_16(text, u16::to_le_bytes)), Encoding::Utf16Le);
        assert_eq!(of(&utf_16(text, u16::to_be_bytes)), Encoding::Utf16Be);
        assert_eq!(of(&utf_16("\u{feff}é", u16::to_be_bytes)), Encoding::Utf16Be);
    }

    #[test]
    fn a_broken_line_among_good_ones_leaves_the_encoding() {
        assert_eq!(of("é\né\n\u{e9}t\u{e9}\n".as_bytes()), Encoding::Utf8);
        assert_eq!(of(b"\xc3\xa9\n\xc3\xa9\n\xe9\n"), Encoding::Utf8);
    }
}
