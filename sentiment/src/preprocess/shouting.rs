//! Capitals for emphasis.

/// A shorter word in capitals says nothing: "I", "TV", "OK".
const MIN_LETTERS: usize = 3;

/// How loud a word is.
pub(super) enum Loudness {
    /// Three letters or more, all of them capitals.
    Shouted,
    /// It has a small letter.
    Spoken,
    /// Too short to tell, or of a script without capitals: as loud as the word before.
    Unclear,
}

pub(super) fn loudness(word: &str) -> Loudness {
    let mut capitals = 0;
    for c in word.chars() {
        if c.is_lowercase() {
            return Loudness::Spoken;
        }
        capitals += usize::from(c.is_uppercase());
    }
    if capitals >= MIN_LETTERS { Loudness::Shouted } else { Loudness::Unclear }
}
