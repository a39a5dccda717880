//! Whether the reason of a complaint is found.

use domain::Reason;
use sentiment::{bundle::Metric, models::ReasonShares};

use super::{Confusion, Judgements, bootstrap};

/// What a model says of a complaint whose reason is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScoredReason {
    /// The reason that people saw.
    pub gold: Reason,
    /// The probability of each, in the order of [`Reason::ALL`].
    pub shares: ReasonShares,
}

/// Mean over the nine reasons of F1, as [`Confusion::macro_f1`] has it.
#[must_use]
pub fn reason_macro_f1(rows: &[ScoredReason]) -> f64 {
    let judgements = judgements(rows);
    Confusion::of(&judgements, &judgements.once()).macro_f1()
}

fn judgements(rows: &[ScoredReason]) -> Judgements {
    let mut judgements = Judgements::new(Reason::ALL.len());
    rows.iter().for_each(|row| judgements.push(row.gold as usize, &row.shares));
    judgements
}

/// The figure on the data set `data` with its interval; `None` without rows.
#[must_use]
pub fn reason_metric(data: &str, rows: &[ScoredReason]) -> Option<Metric> {
    if rows.is_empty() {
        return None;
    }
    let judgements = judgements(rows);
    let macro_f1 = |weights: &[u16]| Confusion::of(&judgements, weights).macro_f1();
    let interval = bootstrap(rows.len(), macro_f1);
    Some(Metric {
        name: format!("{data} reason macro F1"),
        value: macro_f1(&judgements.once()),
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
