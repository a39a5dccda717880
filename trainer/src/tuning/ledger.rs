//! `search.json`: all trials and what came of them, from which a search goes on.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};
use toml::Value;

use super::Point;
use crate::tensors::write_atomically;

const FILE: &str = "search.json";

/// A search so far.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Ledger {
    /// SHA-256 of all that the search depends on, in hexadecimal.
    pub of: String,
    /// Time that went into it, over all calls.
    pub spent_seconds: f64,
    /// The trials that were begun.
    pub trials: Vec<Trial>,
    /// The rungs that were reached, in that order.
    pub outcomes: Vec<Outcome>,
}

/// A trial.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Trial {
    /// Where it was drawn; nothing of the recipe's own settings.
    pub point: Option<Point>,
    /// Its settings, where they are not the recipe's.
    pub values: BTreeMap<String, Value>,
}

/// What a trial came to on a rung.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// The trial.
    pub trial: usize,
    /// The rung, from 0.
    pub rung: usize,
    /// Its score on validation; nothing if it has failed, by its settings or because its numbers
    /// ceased to be finite.
    pub score: Option<f64>,
    /// Seconds that this rung took.
    pub seconds: f64,
    /// When it was reached, in milliseconds since 1970.
    pub at_ms: i64,
}

impl Ledger {
    /// The search of `of` in `folder`: the one that was begun there, else a new one.
    ///
    /// # Errors
    /// If another one was begun there, or its file is damaged.
    pub fn begin(folder: &Path, of: &str) -> Result<Self> {
        let path = folder.join(FILE);
        if !path.exists() {
            return Ok(Self { of: of.to_owned(), ..Self::default() });
        }
        let damaged = || format!("{} is damaged", path.display());
        let ledger: Self = serde_json::from_slice(&fs::read(&path).with_context(damaged)?)
            .with_context(damaged)?;
        ensure!(
            ledger.of == of,
            "{} is of another recipe or space, other rows, vectors, weights or teachers: choose a new --run folder, or delete this one",
            path.display()
        );
        Ok(ledger)
    }

    /// Writes it into `folder`.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn write(&self, folder: &Path) -> Result<()> {
        write_atomically(&folder.join(FILE), &serde_json::to_vec_pretty(self)?)
    }

    /// The scores of each trial on the rungs that it has reached; negative infinity where it has
    /// failed.
    #[must_use]
    pub fn scores(&self) -> Vec<Vec<f64>> {
        let mut scores = vec![Vec::new(); self.trials.len()];
        for outcome in &self.outcomes {
            let score = outcome.score.filter(|score| score.is_finite());
            scores[outcome.trial].push(score.unwrap_or(f64::NEG_INFINITY));
        }
        scores
    }

    /// The trials from the best to the worst: by the highest rung that they have reached, then by
    /// their score there; those that have failed come last, however high.
    #[must_use]
    pub fn ranking(&self) -> Vec<usize> {
        let scores = self.scores();
        let rank = |trial: usize| {
            let last = scores[trial].last().copied().unwrap_or(f64::NEG_INFINITY);
            (last.is_finite(), scores[trial].len(), last)
        };
        let mut order: Vec<usize> = (0..self.trials.len()).collect();
        order.sort_by(|&a, &b| {
            let ((sound_a, rungs_a, score_a), (sound_b, rungs_b, score_b)) = (rank(a), rank(b));
            let by_rung = sound_b.cmp(&sound_a).then(rungs_b.cmp(&rungs_a));
            by_rung.then(score_b.total_cmp(&score_a)).then(a.cmp(&b))
        });
        order
    }

    /// The best trial, if one has reached a rung and has not failed since.
    #[must_use]
    pub fn winner(&self) -> Option<usize> {
        let best = *self.ranking().first()?;
        self.scores()[best].last()?.is_finite().then_some(best)
    }

    /// Points with their scores on the highest rung that has `enough` of them, else on the first:
    /// what a further trial is drawn by. The recipe's own settings were not drawn.
    #[must_use]
    pub fn observations(&self, enough: usize) -> Vec<(Point, f64)> {
        let scores = self.scores();
        let on = |rung: usize| -> Vec<(Point, f64)> {
            let drawn = self.trials.iter().zip(&scores);
            drawn
                .filter_map(|(trial, scores)| Some((trial.point.clone()?, *scores.get(rung)?)))
                .collect()
        };
        let rungs = scores.iter().map(Vec::len).max().unwrap_or(0);
        (0..rungs)
            .rev()
            .map(on)
            .find(|observations| observations.len() >= enough)
            .unwrap_or_else(|| on(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ledger(outcomes: &[(usize, usize, Option<f64>)]) -> Ledger {
        let outcome =
            |&(trial, rung, score)| Outcome { trial, rung, score, seconds: 1.0, at_ms: 0 };
        let trial = |k: usize| Trial { point: Some(vec![k as f64]), values: BTreeMap::new() };
        Ledger {
            trials: (0..3).map(trial).collect(),
            outcomes: outcomes.iter().map(outcome).collect(),
            ..Ledger::default()
        }
    }

    #[test]
    fn a_higher_rung_comes_before_a_higher_score() {
        let ledger =
            ledger(&[(0, 0, Some(0.5)), (1, 0, Some(0.9)), (2, 0, None), (0, 1, Some(0.6))]);
        assert_eq!(ledger.ranking(), [0, 1, 2]);
        assert_eq!(ledger.winner(), Some(0));
        assert_eq!(ledger.observations(2).len(), 3);
        assert_eq!(ledger.observations(1), [(vec![0.0], 0.6)]);
    }

    #[test]
    fn a_trial_that_has_failed_higher_up_is_below_all_that_have_not() {
        let failed = ledger(&[(0, 0, Some(0.5)), (1, 0, Some(0.9)), (1, 1, None)]);
        assert_eq!(failed.ranking()[0], 0);
        assert_eq!(failed.winner(), Some(0));
        let no_number = ledger(&[(0, 0, Some(0.5)), (1, 0, Some(f64::NAN))]);
        assert_eq!(no_number.winner(), Some(0));
    }

    #[test]
    fn what_has_failed_at_last_wins_nothing_even_alone() {
        assert_eq!(ledger(&[(1, 0, Some(0.9)), (1, 1, None)]).winner(), None);
    }

    #[test]
    fn what_has_only_failed_wins_nothing() {
        assert_eq!(ledger(&[(0, 0, None)]).winner(), None);
    }

    #[test]
    fn a_search_of_something_else_is_not_taken_over() {
        let folder = tempfile::tempdir().unwrap();
        let begun = Ledger { of: "a".to_owned(), ..ledger(&[(0, 0, Some(0.25))]) };
        begun.write(folder.path()).unwrap();
        assert_eq!(Ledger::begin(folder.path(), "a").unwrap(), begun);
        let error = Ledger::begin(folder.path(), "b").unwrap_err();
        assert!(error.to_string().contains("another recipe or space"), "{error}");
    }
}
