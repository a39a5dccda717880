//! What was done since the start, in numbers.

use std::sync::atomic::{AtomicU64, Ordering};

use domain::{Analysis, Label, Prediction};

use crate::Engine;

/// Counts that only grow.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    labels: [AtomicU64; 3],
    unsure: AtomicU64,
    agreed: AtomicU64,
    disagreed: AtomicU64,
    withdrawn: AtomicU64,
}

/// What was done since the start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Done {
    /// Texts that were read and stored, by label in the order of [`Label::ALL`].
    pub labels: [u64; 3],
    /// Of them those whose verdict was not sure.
    pub unsure: u64,
    /// Corrections that confirm the verdict.
    pub agreed: u64,
    /// Corrections that give another label.
    pub disagreed: u64,
    /// Corrections that were taken back.
    pub withdrawn: u64,
}

impl Done {
    /// Texts that were read and stored.
    #[must_use]
    pub fn analyses(&self) -> u64 {
        self.labels.iter().sum()
    }

    /// The share of corrections that confirm the verdict; `None` before the first.
    #[must_use]
    pub fn agreement(&self) -> Option<f64> {
        let said = self.agreed + self.disagreed;
        (said > 0).then(|| self.agreed as f64 / said as f64)
    }
}

impl Tally {
    pub(crate) fn read(&self, prediction: &Prediction) {
        let place = Label::ALL.iter().position(|label| *label == prediction.label);
        if let Some(count) = place.and_then(|place| self.labels.get(place)) {
            count.fetch_add(1, Ordering::Relaxed);
        }
        if !prediction.sure {
            self.unsure.fetch_add(1, Ordering::Relaxed);
        }
        metrics::histogram!("vigie_analysis_confidence").record(prediction.confidence);
    }

    /// That somebody gave `label` to `analysis`, or took a label back.
    pub(crate) fn corrected(&self, analysis: &Analysis, label: Option<Label>) {
        let count = match label {
            None => &self.withdrawn,
            Some(label) if label == analysis.prediction.label => &self.agreed,
            Some(_) => &self.disagreed,
        };
        count.fetch_add(1, Ordering::Relaxed);
    }

    fn done(&self) -> Done {
        let count = |count: &AtomicU64| count.load(Ordering::Relaxed);
        Done {
            labels: self.labels.each_ref().map(count),
            unsure: count(&self.unsure),
            agreed: count(&self.agreed),
            disagreed: count(&self.disagreed),
            withdrawn: count(&self.withdrawn),
        }
    }
}

impl Engine {
    /// What was done since the start.
    #[must_use]
    pub fn done(&self) -> Done {
        self.tally().done()
    }

    /// Texts that are under way now, and the most that may be.
    #[must_use]
    pub fn under_way(&self) -> (usize, usize) {
        let (free, most) = self.places();
        (most.saturating_sub(free), most)
    }
}
