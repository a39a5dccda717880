//! The rows to learn from, as numbers.

use anyhow::Result;

use super::{Lesson, Reader, Settings, Target};
use crate::{
    data::{Example, GivenCause},
    recipe::{Recipe, Source},
};

/// Rows, what each should become, and how often it comes in an epoch.
#[derive(Clone, Debug, Default)]
pub struct Lessons {
    /// The ids of each row, at least one.
    pub ids: Vec<Vec<u32>>,
    /// What each row's outputs should become.
    pub targets: Vec<Target>,
    /// How often each row comes in an epoch.
    pub repeats: Vec<u32>,
}

impl Lessons {
    /// Reads `examples` as the recipe says.
    ///
    /// # Errors
    /// If an example is of a source that the recipe lacks.
    pub fn new(examples: &[Example], recipe: &Recipe, reader: &dyn Reader) -> Result<Self> {
        let mut lessons = Self::default();
        for example in examples {
            let source = recipe.source(&example.source)?;
            lessons.ids.push(reader.ids(&example.text));
            lessons.targets.push(target(example, source, &recipe.train));
            lessons.repeats.push(source.repeat);
        }
        Ok(lessons)
    }

    /// Rows of one epoch, with repetitions.
    #[must_use]
    pub fn rows_per_epoch(&self) -> usize {
        self.repeats.iter().map(|&times| times as usize).sum()
    }

    /// How many ids each row has.
    #[must_use]
    pub fn lengths(&self) -> Vec<usize> {
        self.ids.iter().map(Vec::len).collect()
    }

    /// The lessons of a batch.
    #[must_use]
    pub fn of(&self, batch: &[usize]) -> Vec<Lesson<'_>> {
        batch.iter().map(|&row| (self.ids[row].as_slice(), self.targets[row])).collect()
    }
}

/// What the outputs of `example` should become.
fn target(example: &Example, source: &Source, settings: &Settings) -> Target {
    let smoothing = settings.label_smoothing;
    let weight = source.weight * settings.class_weights[example.label as usize];
    let target = Target::new(example.label, source.kind, smoothing, weight);
    match example.cause {
        None => target,
        Some(GivenCause { cause, confidence }) => {
            let weight = source.weight * settings.reason_weight * confidence;
            target.because(cause, smoothing, weight)
        }
    }
}
