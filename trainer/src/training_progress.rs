//! What the terminal says of a training.

use crate::{
    progress::{Progress, minutes},
    training::{Moment, Position, Settings},
};

/// Progress of a training in rows, over all epochs.
pub struct TrainingProgress<'a> {
    settings: &'a Settings,
    rows_per_epoch: u64,
    bar: Option<Progress>,
}

impl<'a> TrainingProgress<'a> {
    /// Nothing is shown before the training says where it begins.
    #[must_use]
    pub const fn new(settings: &'a Settings, rows_per_epoch: u64) -> Self {
        Self { settings, rows_per_epoch, bar: None }
    }

    /// Shows that the training is `at` a place where `moment` has happened.
    pub fn show(&mut self, at: &Position, moment: Moment) {
        let all = self.rows_per_epoch * self.settings.epochs;
        let done = at.epoch * self.rows_per_epoch + at.rows as u64;
        let bar = self.bar.get_or_insert_with(|| Progress::new("training", "rows", all, done));
        match moment {
            Moment::Begin if at.step > 0 && !is_over(at, self.settings) => {
                let epoch = at.epoch + 1;
                bar.say(&format!("going on in epoch {epoch} of {}", self.settings.epochs));
            }
            Moment::Begin => {}
            Moment::Step(rows) => bar.advance(rows as u64),
            Moment::EpochEnd(score) => {
                bar.say(&epoch_end(at, score, self.settings, bar.seconds_left()));
            }
        }
    }
}

/// The sentence on an epoch that has ended `at` a place with `score`.
fn epoch_end(at: &Position, score: f64, settings: &Settings, seconds_left: f64) -> String {
    let rank = match at.best {
        Some(best) if best.epoch != at.epoch => {
            format!("not better than {} of epoch {}", short(best.score), best.epoch)
        }
        _ => "the best so far".to_owned(),
    };
    let rest = if at.epoch >= settings.epochs {
        format!("that was the last epoch, after {} in steps", minutes(at.seconds))
    } else if is_over(at, settings) {
        format!("training ends here, {} epochs after the best", at.epochs_without_better)
    } else {
        format!("{} left", minutes(seconds_left))
    };
    format!("epoch {} of {}: score {}, {rank}; {rest}", at.epoch, settings.epochs, short(score))
}

const fn is_over(at: &Position, settings: &Settings) -> bool {
    at.epoch >= settings.epochs || at.epochs_without_better >= settings.patience
}

/// A share without the zero before the point.
fn short(score: f64) -> String {
    format!("{score:.4}").trim_start_matches('0').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_an_epoch_is_a_sentence() {
        let settings = Settings { epochs: 4, patience: 2, ..Settings::default() };
        let mut at = Position { seconds: 1023.0, ..Position::default() };
        let mut said = |score| {
            at.end_epoch(score);
            epoch_end(&at, score, &settings, 231.0)
        };
        assert_eq!(said(0.7383), "epoch 1 of 4: score .7383, the best so far; 3:51 min left");
        assert_eq!(
            said(0.7),
            "epoch 2 of 4: score .7000, not better than .7383 of epoch 1; 3:51 min left"
        );
        assert!(said(0.6).ends_with("training ends here, 2 epochs after the best"));
        assert_eq!(
            said(0.8),
            "epoch 4 of 4: score .8000, the best so far; that was the last epoch, after 17:03 min in steps"
        );
    }
}
