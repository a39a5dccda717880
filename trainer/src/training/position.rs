//! Where a training is: with the weights, all that resuming needs.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Outcome;

/// The best weights so far.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Best {
    /// The epoch they come from, from 1.
    pub epoch: u64,
    /// Their score on validation.
    pub score: f64,
}

/// A place in a training.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Position {
    /// Finished epochs.
    pub epoch: u64,
    /// Finished batches of the current epoch.
    pub batch: usize,
    /// Finished steps.
    pub step: u64,
    /// Sum of the losses of this epoch's rows.
    pub loss: f64,
    /// This epoch's rows so far.
    pub rows: usize,
    /// Time spent in steps since the beginning, over all runs.
    pub seconds: f64,
    /// Lines of `metrics.jsonl`.
    pub records: usize,
    /// The best weights so far.
    pub best: Option<Best>,
    /// Finished epochs since the best.
    pub epochs_without_better: u64,
}

impl Position {
    /// A step over `rows` rows was taken.
    pub fn count(&mut self, outcome: Outcome, rows: usize, took: Duration) {
        self.batch += 1;
        self.step += 1;
        self.loss += outcome.loss * rows as f64;
        self.rows += rows;
        self.seconds += took.as_secs_f64();
    }

    /// The epoch is over with this score on validation: whether it is the best one.
    pub fn end_epoch(&mut self, score: f64) -> bool {
        self.epoch += 1;
        (self.batch, self.loss, self.rows) = (0, 0.0, 0);
        let is_best = self.best.is_none_or(|best| score > best.score);
        if is_best {
            self.best = Some(Best { epoch: self.epoch, score });
            self.epochs_without_better = 0;
        } else {
            self.epochs_without_better += 1;
        }
        is_best
    }

    /// Mean loss of this epoch's rows so far.
    #[must_use]
    pub fn mean_loss(&self) -> f64 {
        self.loss / self.rows.max(1) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn epochs_that_are_no_better_are_counted() {
        let mut position = Position::default();
        assert!(position.end_epoch(0.5));
        assert!(!position.end_epoch(0.5));
        assert!(!position.end_epoch(0.4));
        assert_eq!((position.epochs_without_better, position.best.unwrap().epoch), (2, 1));
        assert!(position.end_epoch(0.6));
        assert_eq!((position.epochs_without_better, position.best.unwrap().epoch), (0, 4));
    }
}
