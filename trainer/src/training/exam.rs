//! What a learner is chosen by: the validation rows of each source.

use anyhow::Result;
use domain::Label;
use sentiment::models::{Calibration, Outputs, Reading};

use super::{Learner, OUTPUTS, Reader, batches};
use crate::{
    data::{Cause, Example},
    metrics::{Measure, Scored, ScoredReason, reason_macro_f1},
    recipe::{Kind, Recipe},
};

/// Rows that go through the network together.
const BATCH: usize = 128;

/// The validation rows of one source.
#[derive(Clone, Debug)]
pub struct Exam {
    /// The source's name.
    pub name: String,
    /// Who labelled it.
    pub kind: Kind,
    /// Whether its rows decide on the temperature.
    pub calibrates: bool,
    /// The ids of each row.
    pub ids: Vec<Vec<u32>>,
    /// What is right of each row.
    pub answers: Vec<Answer>,
}

/// What is right of a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Answer {
    /// Its label.
    pub label: Label,
    /// Why it complains, where that is known.
    pub cause: Option<Cause>,
}

/// What a learner says of an exam's rows.
#[derive(Clone, Debug, Default)]
pub struct Scores {
    /// Of their labels.
    pub labels: Vec<Scored>,
    /// Of the reasons of those that have one.
    pub reasons: Vec<ScoredReason>,
}

/// The outcome of all exams.
#[derive(Clone, Debug, PartialEq)]
pub struct Examination {
    /// `source measure` and its value.
    pub figures: Vec<(String, f64)>,
    /// What the best weights are chosen by: the mean over the sources of macro F1, or of the
    /// accuracy of two where neutral was no choice.
    pub score: f64,
}

impl Exam {
    /// The exams of the recipe's sources that have validation rows.
    ///
    /// # Errors
    /// If an example has no label or is of a source that the recipe lacks.
    pub fn all(examples: &[Example], recipe: &Recipe, reader: &dyn Reader) -> Result<Vec<Self>> {
        let mut exams: Vec<Self> = Vec::new();
        for example in examples {
            let source = recipe.source(&example.source)?;
            let kind = source.labelled_by()?;
            let found = exams.iter().position(|exam| exam.name == source.name);
            let index = found.unwrap_or_else(|| {
                exams.push(Self {
                    name: source.name.clone(),
                    kind,
                    calibrates: source.calibrates,
                    ids: Vec::new(),
                    answers: Vec::new(),
                });
                exams.len() - 1
            });
            exams[index].ids.push(reader.ids(&example.text));
            let cause = example.cause.map(|given| given.cause);
            exams[index].answers.push(Answer { label: example.labelled()?, cause });
        }
        Ok(exams)
    }

    /// The learner's logits, row by row.
    ///
    /// # Errors
    /// If the arithmetic fails.
    pub fn logits(&self, learner: &dyn Learner) -> Result<Vec<[f32; OUTPUTS]>> {
        let lengths: Vec<usize> = self.ids.iter().map(Vec::len).collect();
        let order = batches::by_length(&lengths, BATCH);
        let inputs: Vec<Vec<&[u32]>> = order
            .iter()
            .map(|batch| batch.iter().map(|&row| self.ids[row].as_slice()).collect())
            .collect();
        let mut logits = vec![[0.0; OUTPUTS]; self.ids.len()];
        for (batch, outputs) in order.iter().zip(learner.logits(&inputs)?) {
            for (&row, &output) in batch.iter().zip(outputs.as_chunks().0) {
                logits[row] = output;
            }
        }
        Ok(logits)
    }

    /// What the learner says of each row, under `calibration`.
    ///
    /// # Errors
    /// If the arithmetic fails.
    pub fn scored(&self, learner: &dyn Learner, calibration: &Calibration) -> Result<Scores> {
        let outputs = Outputs::all();
        let reading = Reading { known: 1.0, language: None, is_foreign: false };
        let mut scores = Scores::default();
        for (logits, answer) in self.logits(learner)?.iter().zip(&self.answers) {
            let probabilities = outputs.verdict(logits, calibration, &reading).probabilities;
            scores.labels.push(Scored { gold: answer.label, probabilities });
            if let Some(Cause::Reason(gold)) = answer.cause
                && let Some(shares) = outputs.reasons(logits, calibration)
            {
                scores.reasons.push(ScoredReason { gold, shares });
            }
        }
        Ok(scores)
    }

    /// What is reported of such rows; the first is what they are chosen by.
    #[must_use]
    pub const fn measures(&self) -> &'static [Measure] {
        match self.kind {
            Kind::Human => &[Measure::MacroF1, Measure::MacroRecall, Measure::Accuracy],
            Kind::Distant => &[Measure::AccuracyOfTwo],
        }
    }
}

/// Examines the learner on all `exams`.
///
/// # Errors
/// If the arithmetic fails.
pub fn examine(learner: &dyn Learner, exams: &[Exam]) -> Result<Examination> {
    let mut figures = Vec::new();
    let mut score = 0.0;
    for exam in exams {
        let Scores { labels, reasons } = exam.scored(learner, &Calibration::default())?;
        for (index, measure) in exam.measures().iter().enumerate() {
            let value = measure.value(&labels);
            if index == 0 {
                score += value / exams.len() as f64;
            }
            figures.push((format!("{} {}", exam.name, measure.name()), value));
        }
        if !reasons.is_empty() {
            figures.push((format!("{} reason macro F1", exam.name), reason_macro_f1(&reasons)));
        }
    }
    Ok(Examination { figures, score })
}
