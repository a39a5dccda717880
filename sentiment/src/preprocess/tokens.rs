//! The tokens found so far.

use super::elongation;
use super::shouting::{Loudness, loudness};

/// Marks for what was taken out of a word or replaced; no text can hold them.
pub(super) mod marks {
    pub const URL: &str = "<url>";
    pub const EMAIL: &str = "<email>";
    pub const USER: &str = "<user>";
    pub const BRAND: &str = "<brand>";
    pub const HASHTAG: &str = "<hashtag>";
    pub const NUMBER: &str = "<num>";
    pub const FLIGHT: &str = "<flight>";
    pub const ELONGATED: &str = "<elong>";
    pub const SHOUT: &str = "<shout>";
}

/// A bounded list of tokens.
pub(super) struct Tokens {
    words: Vec<String>,
    limit: usize,
    shouting: bool,
}

impl Tokens {
    pub(super) fn new(limit: usize) -> Self {
        Self { words: Vec::with_capacity(limit.min(32)), limit, shouting: false }
    }

    pub(super) fn is_full(&self) -> bool {
        self.words.len() >= self.limit
    }

    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    pub(super) fn into_words(self) -> Vec<String> {
        self.words
    }

    /// Adds a token as it is; drops it where the list is full.
    pub(super) fn push(&mut self, token: &str) {
        self.push_owned(token.to_owned());
    }

    /// Adds a token as it is; drops it where the list is full.
    pub(super) fn push_owned(&mut self, token: String) {
        if !self.is_full() {
            self.words.push(token);
        }
    }

    /// Adds a word of running text: in lower case, shortened, its shouting remembered.
    pub(super) fn push_word(&mut self, written: &str) {
        match loudness(written) {
            Loudness::Shouted if !self.shouting => {
                self.push(marks::SHOUT);
                self.shouting = true;
            }
            Loudness::Spoken => self.shouting = false,
            Loudness::Shouted | Loudness::Unclear => {}
        }
        self.push_quietly(written);
    }

    /// Adds a word whose capitals mean nothing, such as one of a hashtag.
    pub(super) fn push_quietly(&mut self, written: &str) {
        let word = elongation::shorten(written);
        self.push_owned(word.text);
        if word.was_elongated {
            self.push(marks::ELONGATED);
        }
    }
}
