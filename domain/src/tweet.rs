//! The one place that decides what text is accepted.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A text that can be analysed: 1 to [`Tweet::MAX_CHARS`] Unicode characters, not blank, without NUL.
///
/// The text is kept as it was written, but for line breaks: a browser's form sends CR LF where
/// its text box counted one character, so both CR LF and a lone CR become LF.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Tweet(String);

/// Why a text is no tweet.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TweetError {
    /// Nothing at all.
    #[error("the text is empty: write 1 to {max} characters", max = Tweet::MAX_CHARS)]
    Empty,
    /// White space or invisible characters alone.
    #[error("the text is blank: write at least one visible character")]
    Blank,
    /// More than [`Tweet::MAX_CHARS`] characters.
    #[error("the text has {chars} characters: shorten it to {max}", max = Tweet::MAX_CHARS)]
    TooLong {
        /// How many it has.
        chars: usize,
    },
    /// A NUL character, which no tweet has and PostgreSQL cannot store.
    #[error("the text holds a NUL character: remove it")]
    Nul,
}

impl Tweet {
    /// The longest text, in Unicode scalar values.
    pub const MAX_CHARS: usize = 500;

    /// Accepts `text` or says what is wrong with it.
    ///
    /// # Errors
    /// See [`TweetError`].
    pub fn parse(text: &str) -> Result<Self, TweetError> {
        if text.is_empty() {
            return Err(TweetError::Empty);
        }
        if text.contains('\0') {
            return Err(TweetError::Nul);
        }
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        if text.chars().all(is_invisible) {
            return Err(TweetError::Blank);
        }
        let chars = Self::count(&text);
        if chars > Self::MAX_CHARS {
            return Err(TweetError::TooLong { chars });
        }
        Ok(Self(text))
    }

    /// The length that the limit is about, in Unicode scalar values: what the page's counter shows.
    #[must_use]
    pub fn count(text: &str) -> usize {
        text.chars().count()
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// White space, controls, and what Unicode lets a font leave undrawn (`Default_Ignorable_Code_Point`),
/// with the empty Braille pattern.
fn is_invisible(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(
            c,
            '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{115f}'..='\u{1160}'
                | '\u{17b4}'..='\u{17b5}'
                | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{2800}'
                | '\u{3164}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

impl fmt::Display for Tweet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for Tweet {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl From<Tweet> for String {
    fn from(tweet: Tweet) -> Self {
        tweet.0
    }
}

impl TryFrom<String> for Tweet {
    type Error = TweetError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn five_hundred_characters_pass_and_one_more_does_not() {
        assert!(Tweet::parse(&"é".repeat(500)).is_ok());
        assert_eq!(Tweet::parse(&"é".repeat(501)), Err(TweetError::TooLong { chars: 501 }));
    }

    #[test]
    fn empty_and_blank_texts_are_told_apart() {
        assert_eq!(Tweet::parse(""), Err(TweetError::Empty));
        for blank in
            [" \n\t\u{a0}\u{200b}", "\u{2066}\u{2069}\u{3164}\u{180e}", "\u{2800}", "\u{34f}"]
        {
            assert_eq!(Tweet::parse(blank), Err(TweetError::Blank), "{blank:?}");
        }
    }

    #[test]
    fn a_nul_is_refused() {
        assert_eq!(Tweet::parse("a\0b"), Err(TweetError::Nul));
    }

    #[test]
    fn a_form_s_line_breaks_count_as_one_character() {
        let text = "a\r\n".repeat(250);
        assert_eq!(Tweet::parse(&text).unwrap().as_str(), "a\n".repeat(250));
    }

    #[test]
    fn one_emoji_is_a_tweet() {
        assert_eq!(Tweet::parse("😡").unwrap().as_str(), "😡");
    }

    proptest! {
        #[test]
        fn an_accepted_text_is_accepted_again_unchanged(text in any::<String>()) {
            if let Ok(tweet) = Tweet::parse(&text) {
                prop_assert_eq!(Tweet::parse(tweet.as_str()), Ok(tweet.clone()));
                let json = serde_json::to_string(&tweet).unwrap();
                prop_assert_eq!(serde_json::from_str::<Tweet>(&json).unwrap(), tweet);
            }
        }
    }
}
