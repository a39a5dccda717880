//! What a training came to, on validation.

use anyhow::{Context, Result};
use sentiment::bundle::Metric;
use serde::{Deserialize, Serialize};

use crate::{
    bilstm::Learner,
    metrics::{Measure, Scored},
    recipe::Kind,
    training::{Best, Exam, Inputs, Position},
};

/// The end of a training.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Finished {
    /// What the training was of.
    pub inputs: Inputs,
    /// The best weights.
    pub best: Best,
    /// What logits are divided by.
    pub temperature: f32,
    /// Calibration error of the rows that people labelled, at temperature 1.
    pub calibration_error_before: f64,
    /// The same at [`Finished::temperature`].
    pub calibration_error_after: f64,
    /// Figures on validation, at [`Finished::temperature`].
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
        learner: &Learner,
        exams: &[Exam],
        at: &Position,
        temperature: f32,
    ) -> Result<Self> {
        let mut validation = Vec::new();
        let (mut before, mut after): (Vec<Scored>, Vec<Scored>) = (Vec::new(), Vec::new());
        for exam in exams {
            let rows = exam.scored(learner, temperature)?;
            let data = format!("{} validation", exam.name);
            let measures: &[Measure] =
                if exam.kind == Kind::Human { &Measure::HUMAN } else { &Measure::DISTANT };
            validation.extend(measures.iter().map(|measure| measure.metric(&data, &rows)));
            if exam.kind == Kind::Human {
                before.extend(exam.scored(learner, 1.0)?);
                after.extend(rows);
            }
        }
        Ok(Self {
            inputs,
            best: at.best.context("no epoch of this training has ended")?,
            temperature,
            calibration_error_before: Measure::CalibrationError.value(&before),
            calibration_error_after: Measure::CalibrationError.value(&after),
            validation,
            epochs: at.epoch,
            training_seconds: at.seconds,
        })
    }

    /// Says it on the terminal.
    #[expect(clippy::print_stdout, reason = "the command's answer")]
    pub fn show(&self) {
        println!(
            "Of {} epochs the best is epoch {}, score {:.4}. {:.0} s in steps.",
            self.epochs, self.best.epoch, self.best.score, self.training_seconds
        );
        println!(
            "Temperature {:.3}: ECE of human rows {:.4} before, {:.4} after.",
            self.temperature, self.calibration_error_before, self.calibration_error_after
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
