//! What a linear model is chosen by: the validation rows of each source.

use anyhow::Result;
use domain::Label;
use sentiment::{
    bundle::Metric,
    models::{
        Calibration, Outputs, Reading,
        linear::{Compact, FeatureConfig, FeatureTable, Row},
    },
};

use super::{LABELS, Lesson, Matrix, Texts};
use crate::{
    data::Example,
    metrics::{Measure, Scored, mean},
    recipe::{Kind, Recipe},
    training::calibration::{self, Rows},
};

/// The validation rows of all sources.
pub struct Exam {
    /// The rows.
    pub matrix: Matrix,
    rows: Vec<Row>,
    lessons: Vec<Lesson>,
    /// The index of each row's source among `sources`.
    row_sources: Vec<usize>,
    /// Each source that has rows.
    sources: Vec<ExamSource>,
    labels: Vec<Label>,
}

/// A source that has validation rows.
struct ExamSource {
    name: String,
    kind: Kind,
    /// Whether its rows decide on the temperature.
    calibrates: bool,
}

impl Exam {
    /// The rows of `examples` as the recipe says, their features those of `table`.
    ///
    /// # Errors
    /// If an example is not of the recipe.
    pub fn new(
        examples: &[Example],
        recipe: &Recipe,
        config: &FeatureConfig,
        table: &FeatureTable,
    ) -> Result<Self> {
        let texts = Texts::read(examples, recipe, config)?;
        let mut sources: Vec<ExamSource> = Vec::new();
        let mut row_sources = Vec::with_capacity(examples.len());
        for name in &texts.sources {
            let found = sources.iter().position(|known| known.name == *name);
            if found.is_none() {
                let source = recipe.source(name)?;
                sources.push(ExamSource {
                    name: name.clone(),
                    kind: source.labelled_by()?,
                    calibrates: source.calibrates,
                });
            }
            row_sources.push(found.unwrap_or(sources.len() - 1));
        }
        Ok(Self {
            matrix: Matrix::new(&texts.features, table)?,
            rows: texts.features.iter().map(|text| table.row(text)).collect(),
            lessons: texts.lessons,
            row_sources,
            sources,
            labels: recipe.outputs().labels,
        })
    }

    /// The temperature under which the labels of the rows that decide on it are most likely.
    #[must_use]
    pub fn temperature(&self, scores: &[[f32; LABELS]]) -> f32 {
        let mut by_source = vec![Rows::new(); self.sources.len()];
        for ((scores, lesson), &source) in scores.iter().zip(&self.lessons).zip(&self.row_sources) {
            let ExamSource { kind, calibrates, .. } = self.sources[source];
            if calibrates {
                let logits = calibration::competing(kind, self.of_labels(scores));
                by_source[source].push((logits, lesson.label as usize));
            }
        }
        calibration::temperature(&by_source)
    }

    /// The mean over the sources of macro F1, or of the accuracy of two where neutral was no
    /// choice.
    #[must_use]
    pub fn score(&self, scores: &[[f32; LABELS]]) -> f64 {
        let probabilities: Vec<[f32; LABELS]> = scores
            .iter()
            .map(|scores| calibration::softmax(&self.of_labels(scores), 1.0))
            .collect();
        let of_source = |source: usize| {
            let rows = self.scored(source, |row| probabilities[row]);
            Self::measure(self.sources[source].kind).value(&rows)
        };
        (0..self.sources.len()).map(of_source).sum::<f64>() / self.sources.len() as f64
    }

    /// All figures of what is served, by source, and the mean of the calibration errors of the
    /// sources that calibrate.
    #[must_use]
    pub fn figures(&self, served: &Compact, calibration: &Calibration) -> (Vec<Metric>, f64) {
        let outputs = Outputs::of_labels(self.labels.clone());
        let reading = Reading { known: 1.0, language: None, is_foreign: false };
        let said = |row: usize| {
            let verdict = outputs.verdict(&served.scores(&self.rows[row]), calibration, &reading);
            Label::ALL.map(|label| verdict.probabilities.of(label))
        };
        let (mut metrics, mut errors) = (Vec::new(), Vec::new());
        for (source, ExamSource { name, kind, calibrates }) in self.sources.iter().enumerate() {
            let rows = self.scored(source, said);
            let data = format!("{name} validation");
            metrics.extend(Measure::of(*kind).iter().map(|measure| measure.metric(&data, &rows)));
            if *calibrates {
                errors.push(Measure::calibration_error(*kind).value(&rows));
            }
        }
        (metrics, mean(&errors))
    }

    fn scored(&self, source: usize, said: impl Fn(usize) -> [f32; LABELS]) -> Vec<Scored> {
        let rows = (0..self.lessons.len()).filter(|&row| self.row_sources[row] == source);
        rows.map(|row| Scored { gold: self.lessons[row].label, probabilities: said(row).into() })
            .collect()
    }

    /// A label that the recipe lacks gets no probability.
    fn of_labels(&self, scores: &[f32; LABELS]) -> [f32; LABELS] {
        Label::ALL.map(|label| {
            if self.labels.contains(&label) { scores[label as usize] } else { f32::NEG_INFINITY }
        })
    }

    const fn measure(kind: Kind) -> Measure {
        match kind {
            Kind::Human => Measure::MacroF1,
            Kind::Distant => Measure::AccuracyOfTwo,
        }
    }
}
