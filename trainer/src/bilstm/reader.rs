//! Text to the ids of its words.

use sentiment::{
    preprocess::{PreprocessConfig, Preprocessor},
    vocabulary::Vocabulary,
};

use crate::training::Reader;

/// Reads as the served model does.
pub struct WordReader {
    preprocessor: Preprocessor,
    vocabulary: Vocabulary,
}

impl WordReader {
    /// Reads with these words.
    #[must_use]
    pub fn new(config: &PreprocessConfig, vocabulary: Vocabulary) -> Self {
        Self { preprocessor: Preprocessor::new(config), vocabulary }
    }
}

impl Reader for WordReader {
    fn ids(&self, text: &str) -> Vec<u32> {
        self.vocabulary.encode(&self.preprocessor.words(text)).ids
    }
}
