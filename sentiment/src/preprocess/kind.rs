//! What a token is, read from the token alone.

use super::characters::{is_emoji, is_letter};
use super::emoticons;

/// The kinds of tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// A word of a language.
    Word,
    /// An emoji or an emoticon.
    Picture,
    /// A mark such as `<url>`, or the name of a brand, `@united`.
    Mark,
    /// A sign without a meaning of its own.
    Punctuation,
}

impl TokenKind {
    /// The kind of a token that [`super::Preprocessor::words`] made.
    #[must_use]
    pub fn of(token: &str) -> Self {
        let Some(first) = token.chars().next() else { return Self::Punctuation };
        if emoticons::is_canonical(token) || is_emoji(first) {
            Self::Picture
        } else if token.len() > 1 && (first == '@' || (first == '<' && token.ends_with('>'))) {
            Self::Mark
        } else if token.contains(is_letter) {
            Self::Word
        } else {
            Self::Punctuation
        }
    }
}
