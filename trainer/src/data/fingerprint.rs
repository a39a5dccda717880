//! What makes two texts the same text.

use sha2::{Digest, Sha256};

/// The hash of a text without what copies of a tweet differ in: case, white space, HTML entities,
/// Unicode forms, and which person or page it names.
///
/// It is apart from the model's preprocessing, so that a change there never moves a row from
/// training to validation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Fingerprint([u8; 16]);

impl Fingerprint {
    /// The fingerprint of `text`.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let digest = Sha256::digest(normalised(text).as_bytes());
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&digest[..16]);
        Self(bytes)
    }

    /// Its bytes.
    #[must_use]
    pub const fn bytes(self) -> [u8; 16] {
        self.0
    }

    /// A number in 0..1 that depends on the text alone: what splits are drawn by.
    #[must_use]
    pub fn share(self) -> f64 {
        let mut bytes = [0; 4];
        bytes.copy_from_slice(&self.0[..4]);
        f64::from(u32::from_be_bytes(bytes)) / (f64::from(u32::MAX) + 1.0)
    }
}

/// Lower case words, one space between them; handles become `@`, addresses `http`.
fn normalised(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;

    let decoded =
        htmlize::unescape(htmlize::unescape(text)).nfkc().collect::<String>().to_lowercase();
    let mut words = Vec::new();
    for word in decoded.split_whitespace() {
        if word.starts_with("http://") || word.starts_with("https://") || word.starts_with("www.") {
            words.push("http".to_owned());
        } else {
            words.push(without_handles(word));
        }
    }
    words.join(" ")
}

/// `word` with every handle in it shortened to `@`.
fn without_handles(word: &str) -> String {
    let mut inside = false;
    word.chars()
        .filter(|&c| {
            inside = c == '@' || (inside && (c.is_alphanumeric() || c == '_'));
            !inside || c == '@'
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_of_a_tweet_are_the_same_text() {
        let original = Fingerprint::of("@united Thanks &amp; bye http://t.co/abc");
        assert_eq!(original, Fingerprint::of("  @Delta  thanks &amp;amp; BYE https://t.co/xyz "));
        assert_ne!(original, Fingerprint::of("@united thanks and bye http://t.co/abc"));
    }

    #[test]
    fn an_emoticon_makes_another_text() {
        assert_ne!(Fingerprint::of("so late :("), Fingerprint::of("so late :)"));
    }

    #[test]
    fn shares_spread_over_the_unit_interval() {
        let below =
            (0..2000).filter(|n| Fingerprint::of(&format!("tweet {n}")).share() < 0.1).count();
        assert!((140..260).contains(&below), "{below} of 2000 below a tenth");
    }
}
