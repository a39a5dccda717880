//! The rows to learn from, as numbers.

use anyhow::{Context, Result};
use domain::Label;
use rayon::prelude::*;

use super::{Lesson, Reader, Settings, Target};
use crate::{
    data::{Example, GivenCause},
    recipe::{Recipe, Source},
    teaching::{Said, Teaching},
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
    /// Reads `examples`, the training rows, as the recipe says; `teaching` is of the same rows.
    ///
    /// # Errors
    /// If an example is of a source that the recipe lacks, or that has a teacher share and was
    /// not asked about.
    pub fn new(
        examples: &[Example],
        recipe: &Recipe,
        reader: &dyn Reader,
        teaching: Option<&Teaching>,
    ) -> Result<Self> {
        let ids = examples.par_iter().map(|example| reader.ids(&example.text)).collect();
        let mut lessons = Self { ids, ..Self::default() };
        for (place, example) in examples.iter().enumerate() {
            let source = recipe.source(&example.source)?;
            let said = said(source, place, teaching)?;
            lessons.targets.push(target(example, source, &recipe.train, said));
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

/// What the teachers say of the row of `source` at `place`, if they have a share in it.
fn said(source: &Source, place: usize, teaching: Option<&Teaching>) -> Result<Option<Said>> {
    if source.teacher_share == 0.0 {
        return Ok(None);
    }
    let said = teaching.and_then(|teaching| teaching.of(place)).with_context(|| {
        format!(
            "no teacher was asked about the rows of source “{}”, which has a teacher_share: run `vigie-train teach` again with another --output",
            source.name
        )
    })?;
    Ok(Some(said))
}

/// What the outputs of `example` should become, of which teachers have `said` something.
fn target(example: &Example, source: &Source, settings: &Settings, said: Option<Said>) -> Target {
    let smoothing = settings.label_smoothing;
    let class_weight = example.label.map_or(1.0, |label| settings.class_weights[label as usize]);
    let weight = source.weight * class_weight;
    let reason_weight = source.weight * settings.reason_weight;
    let given = example.label.zip(source.kind);
    let mut target =
        given.map_or(Target::NOTHING, |(label, kind)| Target::new(label, kind, smoothing, weight));
    if let Some(GivenCause { cause, confidence }) = example.cause {
        target = target.because(cause, smoothing, reason_weight * confidence);
    }
    let Some(Said { labels, reasons }) = said else { return target };
    let target = target.taught(labels, source.teacher_share, weight);
    match reasons.filter(|_| example.label == Some(Label::Negative)) {
        None => target,
        Some(reasons) => target.taught_because(reasons, source.teacher_share, reason_weight),
    }
}
