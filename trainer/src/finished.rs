//! What a training came to, on validation.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use sentiment::{bundle::Metric, models::Calibration};
use serde::{Deserialize, Serialize};

use crate::{
    metrics::{Measure, mean, reason_metric},
    recipe::Recipe,
    training::{Best, Exam, Inputs, Learner, Position, Scores, calibration::calibrate},
};

/// The end of a training.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Finished {
    /// What the training was of.
    pub inputs: Inputs,
    /// The best weights.
    pub best: Best,
    /// How logits become probabilities.
    pub calibration: Calibration,
    /// Calibration error, without it, of the rows that decided on it.
    pub calibration_error_before: f64,
    /// The same with it.
    pub calibration_error_after: f64,
    /// Figures on validation, under this calibration.
    pub validation: Vec<Metric>,
    /// Epochs trained.
    pub epochs: u64,
    /// Time spent in steps.
    pub training_seconds: f64,
}

impl Finished {
    /// Its file in the run's folder.
    pub const FILE: &'static str = "result.json";

    /// Measures the best weights, which `learner` has, at the end `at`.
    ///
    /// # Errors
    /// If no epoch has ended, or the arithmetic fails.
    pub fn measure(
        inputs: Inputs,
        learner: &dyn Learner,
        exams: &[Exam],
        at: &Position,
        recipe: &Recipe,
    ) -> Result<Self> {
        let calibration = calibrate(learner, exams, recipe.train.sure_from)?;
        let mut validation = Vec::new();
        let (mut before, mut after) = (Vec::new(), Vec::new());
        for exam in exams {
            let Scores { labels, reasons } = exam.scored(learner, &calibration)?;
            let data = format!("{} validation", exam.name);
            let measures = Measure::of(exam.kind).iter();
            validation.extend(measures.map(|measure| measure.metric(&data, &labels)));
            validation.extend(reason_metric(&data, &reasons));
            if exam.calibrates {
                let error = Measure::calibration_error(exam.kind);
                let uncalibrated = exam.scored(learner, &Calibration::default())?.labels;
                before.push(error.value(&uncalibrated));
                after.push(error.value(&labels));
            }
        }
        Ok(Self {
            inputs,
            best: at.best.context("no epoch of this training has ended")?,
            calibration,
            calibration_error_before: mean(&before),
            calibration_error_after: mean(&after),
            validation,
            epochs: at.epoch,
            training_seconds: at.seconds,
        })
    }

    /// Its figures by name, for the records.
    #[must_use]
    pub fn figures(&self) -> BTreeMap<String, f64> {
        let validation = self.validation.iter().map(|metric| (metric.name.as_str(), metric.value));
        let own = [
            ("best epoch", self.best.epoch as f64),
            ("best score", self.best.score),
            ("temperature", f64::from(self.calibration.temperature)),
            ("calibration error before", self.calibration_error_before),
            ("calibration error after", self.calibration_error_after),
        ];
        own.into_iter().chain(validation).map(|(name, value)| (name.to_owned(), value)).collect()
    }

    /// Says it on the terminal.
    #[expect(clippy::print_stdout, reason = "the command's answer")]
    pub fn show(&self) {
        println!(
            "Of {} epochs the best is epoch {}, score {:.4}. {:.0} s in steps.",
            self.epochs, self.best.epoch, self.best.score, self.training_seconds
        );
        println!(
            "Temperature {:.3}: ECE {:.4} before, {:.4} after.",
            self.calibration.temperature,
            self.calibration_error_before,
            self.calibration_error_after
        );
        self.validation.iter().for_each(|metric| println!("{}", line(metric)));
    }
}

/// A figure as a line of a table.
#[must_use]
pub fn line(metric: &Metric) -> String {
    let Metric { name, value, low, high, n } = metric;
    format!("{name:<40} {value:.4}  {low:.4} to {high:.4}  n {n}")
}
