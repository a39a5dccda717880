//! What a learner is chosen by: the validation rows of each source.

use anyhow::Result;
use domain::Label;
use sentiment::{preprocess::Preprocessor, vocabulary::Vocabulary};

use super::batches;
use crate::{
    bilstm::Learner,
    data::Example,
    metrics::{Measure, Scored},
    recipe::{Kind, Recipe},
    training::calibration,
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
    /// The words of each row.
    pub words: Vec<Vec<u32>>,
    /// The label of each row.
    pub gold: Vec<Label>,
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
    /// If an example is of a source that the recipe lacks.
    pub fn all(
        examples: &[Example],
        recipe: &Recipe,
        vocabulary: &Vocabulary,
    ) -> Result<Vec<Self>> {
        let preprocessor = Preprocessor::new(&recipe.preprocess);
        let mut exams: Vec<Self> = Vec::new();
        for example in examples {
            let source = recipe.source(&example.source)?;
            let found = exams.iter().position(|exam| exam.name == source.name);
            let index = found.unwrap_or_else(|| {
                let (words, gold) = (Vec::new(), Vec::new());
                exams.push(Self { name: source.name.clone(), kind: source.kind, words, gold });
                exams.len() - 1
            });
            exams[index].words.push(vocabulary.encode(&preprocessor.words(&example.text)).ids);
            exams[index].gold.push(example.label);
        }
        Ok(exams)
    }

    /// The learner's logits, row by row.
    ///
    /// # Errors
    /// If the arithmetic fails.
    pub fn logits(&self, learner: &Learner) -> Result<Vec<[f32; 3]>> {
        let lengths: Vec<usize> = self.words.iter().map(Vec::len).collect();
        let order = batches::by_length(&lengths, BATCH);
        let inputs: Vec<Vec<&[u32]>> = order
            .iter()
            .map(|batch| batch.iter().map(|&row| self.words[row].as_slice()).collect())
            .collect();
        let mut logits = vec![[0.0; 3]; self.words.len()];
        for (batch, outputs) in order.iter().zip(learner.logits(&inputs)?) {
            for (&row, &output) in batch.iter().zip(outputs.as_chunks().0) {
                logits[row] = output;
            }
        }
        Ok(logits)
    }

    /// What the learner says of each row, at `temperature`.
    ///
    /// # Errors
    /// If the arithmetic fails.
    pub fn scored(&self, learner: &Learner, temperature: f32) -> Result<Vec<Scored>> {
        let logits = self.logits(learner)?;
        let rows = logits.iter().zip(&self.gold);
        Ok(rows
            .map(|(logits, &gold)| Scored {
                gold,
                probabilities: calibration::softmax(logits, temperature).into(),
            })
            .collect())
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
pub fn examine(learner: &Learner, exams: &[Exam]) -> Result<Examination> {
    let mut figures = Vec::new();
    let mut score = 0.0;
    for exam in exams {
        let rows = exam.scored(learner, 1.0)?;
        for (index, measure) in exam.measures().iter().enumerate() {
            let value = measure.value(&rows);
            if index == 0 {
                score += value / exams.len() as f64;
            }
            figures.push((format!("{} {}", exam.name, measure.name()), value));
        }
    }
    Ok(Examination { figures, score })
}
