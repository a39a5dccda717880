//! Lower case, and letters repeated for emphasis.

/// A word in lower case, cut to a length that others write it with.
pub(super) struct Shortened {
    pub(super) text: String,
    pub(super) was_elongated: bool,
}

/// Puts `written` in lower case and shortens what is repeated: a letter three times or more
/// becomes two (`goooood` = `good`), or one where English and French never double it
/// (`whyyy` = `why`); a pair of letters said over and over is said twice (`hahahah` = `haha`).
pub(super) fn shorten(written: &str) -> Shortened {
    let mut text = String::with_capacity(written.len());
    let mut last = None;
    let mut times = 0;
    let mut was_elongated = false;
    for c in written.chars().flat_map(char::to_lowercase) {
        times = if last == Some(c) { times + 1 } else { 1 };
        last = Some(c);
        if times <= 2 || !c.is_alphabetic() {
            text.push(c);
            continue;
        }
        was_elongated = true;
        if times == 3 && is_never_doubled(c) {
            text.pop();
        }
    }
    if is_laughter(&text) {
        text.truncate(4);
    }
    Shortened { text, was_elongated }
}

fn is_never_doubled(c: char) -> bool {
    matches!(c, 'a' | 'h' | 'i' | 'j' | 'k' | 'q' | 'u' | 'v' | 'w' | 'x' | 'y')
}

/// `hahaha`, `jajaja`, `lololol`, `xoxoxo`: two different letters in turn, five times or more.
fn is_laughter(word: &str) -> bool {
    let bytes = word.as_bytes();
    bytes.len() >= 5
        && bytes[0] != bytes[1]
        && bytes.is_ascii()
        && bytes.iter().zip(&bytes[2..]).all(|(first, second)| first == second)
}
