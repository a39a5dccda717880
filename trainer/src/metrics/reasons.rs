//! Whether the reason of a complaint is found.

use domain::Reason;
use sentiment::{bundle::Metric, models::ReasonShares};

use super::bootstrap;

/// What a model says of a complaint whose reason is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScoredReason {
    /// The reason that people saw.
    pub gold: Reason,
    /// The probability of each, in the order of [`Reason::ALL`].
    pub shares: ReasonShares,
}

impl ScoredReason {
    /// The most probable reason, by its place in [`Reason::ALL`].
    fn said(&self) -> usize {
        (1..self.shares.len())
            .fold(0, |best, k| if self.shares[k] > self.shares[best] { k } else { best })
    }
}

/// Mean over the nine reasons of F1; a reason that no row has counts as 0 where it is said, and
/// does not count where it is not (as scikit-learn has it).
#[must_use]
pub fn reason_macro_f1(rows: &[ScoredReason]) -> f64 {
    let mut right = [0_u32; Reason::ALL.len()];
    let mut found_or_said = [0_u32; Reason::ALL.len()];
    for row in rows {
        let (gold, said) = (row.gold as usize, row.said());
        right[gold] += u32::from(gold == said);
        found_or_said[gold] += 1;
        found_or_said[said] += 1;
    }
    let (mut sum, mut classes) = (0.0, 0.0);
    for (right, &all) in right.iter().zip(&found_or_said).filter(|(_, all)| **all > 0) {
        sum += 2.0 * f64::from(*right) / f64::from(all);
        classes += 1.0;
    }
    if classes > 0.0 { sum / classes } else { 0.0 }
}

/// The figure on the data set `data` with its interval; `None` without rows.
#[must_use]
pub fn reason_metric(data: &str, rows: &[ScoredReason]) -> Option<Metric> {
    if rows.is_empty() {
        return None;
    }
    let interval = bootstrap(rows, reason_macro_f1);
    Some(Metric {
        name: format!("{data} reason macro F1"),
        value: reason_macro_f1(rows),
        low: interval.low,
        high: interval.high,
        n: rows.len() as u64,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(gold: Reason, said: Reason) -> ScoredReason {
        let mut shares = [0.05; Reason::ALL.len()];
        shares[said as usize] = 0.6;
        ScoredReason { gold, shares }
    }

    /// `f1_score([0, 0, 1, 6], [0, 1, 1, 8], average="macro")` of scikit-learn.
    #[test]
    fn a_reason_counts_where_it_is_found_or_said() {
        use Reason::{BadFlight, CancelledFlight, LateFlight, LostLuggage};
        let rows = [
            row(BadFlight, BadFlight),
            row(BadFlight, CancelledFlight),
            row(CancelledFlight, CancelledFlight),
            row(LateFlight, LostLuggage),
        ];
        let expected = (2.0 / 3.0 + 2.0 / 3.0) / 4.0;
        assert!((reason_macro_f1(&rows) - expected).abs() < 1e-12);
        assert_eq!(reason_metric("airline", &rows).unwrap().n, 4);
        assert_eq!(reason_metric("airline", &[]), None);
    }
}
