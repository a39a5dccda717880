//! The rows to learn from, as numbers.

use anyhow::Result;
use sentiment::{preprocess::Preprocessor, vocabulary::Vocabulary};

use super::Target;
use crate::{bilstm::Lesson, data::Example, recipe::Recipe};

/// Rows, what each should become, and how often it comes in an epoch.
#[derive(Clone, Debug, Default)]
pub struct Lessons {
    /// The words of each row, at least one.
    pub words: Vec<Vec<u32>>,
    /// What each row's logits should become.
    pub targets: Vec<Target>,
    /// How often each row comes in an epoch.
    pub repeats: Vec<u32>,
}

impl Lessons {
    /// Reads `examples` as the recipe says.
    ///
    /// # Errors
    /// If an example is of a source that the recipe lacks.
    pub fn new(examples: &[Example], recipe: &Recipe, vocabulary: &Vocabulary) -> Result<Self> {
        let preprocessor = Preprocessor::new(&recipe.preprocess);
        let mut lessons = Self::default();
        for example in examples {
            let source = recipe.source(&example.source)?;
            let weight = source.weight * recipe.train.class_weights[example.label as usize];
            lessons.words.push(vocabulary.encode(&preprocessor.words(&example.text)).ids);
            lessons.targets.push(Target::new(
                example.label,
                source.kind,
                recipe.train.label_smoothing,
                weight,
            ));
            lessons.repeats.push(source.repeat);
        }
        Ok(lessons)
    }

    /// Rows of one epoch, with repetitions.
    #[must_use]
    pub fn rows_per_epoch(&self) -> usize {
        self.repeats.iter().map(|&times| times as usize).sum()
    }

    /// How many words each row has.
    #[must_use]
    pub fn lengths(&self) -> Vec<usize> {
        self.words.iter().map(Vec::len).collect()
    }

    /// The lessons of a batch.
    #[must_use]
    pub fn of(&self, batch: &[usize]) -> Vec<Lesson<'_>> {
        batch.iter().map(|&row| (self.words[row].as_slice(), self.targets[row])).collect()
    }
}
