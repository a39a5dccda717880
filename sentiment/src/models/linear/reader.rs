//! A text on its way to a row of features.

use super::{Block, CUES, FeatureConfig, cues::cues, ngrams::occurrences};
use crate::preprocess::{PreprocessConfig, Preprocessor};

/// How often each feature of a block comes in a text: names in ascending order.
pub type Counts = Vec<(u32, u16)>;

/// Turns texts into counted features.
#[derive(Clone, Debug)]
pub struct Reader {
    preprocessor: Preprocessor,
    config: FeatureConfig,
}

/// What was read of a text.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadText {
    /// Its tokens, at least one.
    pub tokens: Vec<String>,
    /// Its features.
    pub features: Counted,
}

/// The features of a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Counted {
    /// Its runs of tokens.
    pub words: Counts,
    /// Its runs of characters.
    pub characters: Counts,
    /// The signs of [`CUES`], each from 0 to 1.
    pub cues: [f32; CUES.len()],
}

impl Reader {
    /// Reads texts as these say.
    #[must_use]
    pub fn new(preprocess: &PreprocessConfig, config: &FeatureConfig) -> Self {
        Self { preprocessor: Preprocessor::new(preprocess), config: config.clone() }
    }

    /// Counts the features of `text`.
    #[must_use]
    pub fn read(&self, text: &str) -> ReadText {
        let tokens = self.preprocessor.words(text);
        let (mut words, mut characters) = (Vec::new(), Vec::new());
        occurrences(&tokens, &self.config, |found| match found.block {
            Block::Words => words.push(found.name),
            Block::Characters => characters.push(found.name),
        });
        let cues = if self.config.cues { cues(text, &tokens) } else { [0.0; CUES.len()] };
        let features = Counted { words: counted(words), characters: counted(characters), cues };
        ReadText { tokens, features }
    }
}

fn counted(mut names: Vec<u32>) -> Counts {
    names.sort_unstable();
    let runs = names.chunk_by(|a, b| a == b);
    runs.map(|run| (run[0], u16::try_from(run.len()).unwrap_or(u16::MAX))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feature_is_counted_as_often_as_it_comes() {
        assert_eq!(counted(vec![7, 3, 7]), [(3, 1), (7, 2)]);
    }

    #[test]
    fn without_cues_none_is_counted() {
        let config = FeatureConfig { cues: false, ..FeatureConfig::default() };
        let reading = Reader::new(&PreprocessConfig::default(), &config).read("LATE!!! :(");
        assert_eq!(reading.features.cues, [0.0; CUES.len()]);
    }
}
