//! Probabilities that are frequencies: one temperature for all logits (Guo et al. 2017).

use anyhow::Result;
use domain::Label;
use sentiment::models::Calibration;

use super::{Answer, Exam, LABELS, Learner, REASONS};
use crate::{metrics::mean, recipe::Kind};

/// Logits and the index of what is right, by row.
pub type Rows<const N: usize> = Vec<([f32; N], usize)>;

/// Probabilities of logits divided by `temperature`.
#[must_use]
pub fn softmax<const N: usize>(logits: &[f32; N], temperature: f32) -> [f32; N] {
    let highest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let powers = logits.map(|logit| ((logit - highest) / temperature).exp());
    let sum: f32 = powers.iter().sum();
    powers.map(|power| power / sum)
}

/// The temperature, from 0.1 to 10, under which what is right is most likely: at which the mean
/// over the sources of their [`loss`] is least, so that a large one does not decide for a small
/// one. 1 without rows.
///
/// The loss is convex in 1 / temperature, so a golden-section search finds it.
#[must_use]
pub fn temperature<const N: usize>(sources: &[Rows<N>]) -> f32 {
    if sources.iter().all(Vec::is_empty) {
        return 1.0;
    }
    let loss = |temperature| mean_loss(sources, temperature);
    let golden = (5.0_f32.sqrt() - 1.0) / 2.0;
    let (mut low, mut high) = (0.1_f32.ln(), 10.0_f32.ln());
    for _ in 0..40 {
        let reach = golden * (high - low);
        let (left, right) = (high - reach, low + reach);
        if loss(left.exp()) < loss(right.exp()) {
            high = right;
        } else {
            low = left;
        }
    }
    f32::midpoint(low, high).exp()
}

/// The calibration under which the validation rows are most likely: of their labels those of the
/// exams that calibrate, of their reasons those that are known.
///
/// # Errors
/// If the arithmetic fails.
pub fn calibrate(learner: &dyn Learner, exams: &[Exam], sure_from: f32) -> Result<Calibration> {
    let (mut sources, mut reasons) = (Vec::new(), Vec::new());
    for exam in exams {
        let mut rows = Vec::new();
        for (logits, Answer { label, cause }) in exam.logits(learner)?.iter().zip(&exam.answers) {
            let (labels, whys) = logits.split_at(LABELS);
            let (Ok(labels), Ok(whys)) = (labels.try_into(), whys.try_into()) else { continue };
            rows.push((competing(exam.kind, labels), *label as usize));
            if let Some(cause) = cause {
                reasons.push((whys, cause.place()));
            }
        }
        if exam.calibrates {
            sources.push(rows);
        }
    }
    Ok(Calibration {
        temperature: temperature(&sources),
        reason_temperature: temperature::<REASONS>(&[reasons]),
        sure_from,
    })
}

/// The logits of a row that `kind` labelled, in the order of [`Label::ALL`]: where neutral was no
/// choice it does not compete.
#[must_use]
pub const fn competing(kind: Kind, mut logits: [f32; LABELS]) -> [f32; LABELS] {
    if matches!(kind, Kind::Distant) {
        logits[Label::Neutral as usize] = f32::NEG_INFINITY;
    }
    logits
}

/// The mean over `sources` of their [`loss`]; those without rows do not count.
#[must_use]
pub fn mean_loss<const N: usize>(sources: &[Rows<N>], temperature: f32) -> f64 {
    let losses: Vec<f64> = sources
        .iter()
        .filter(|rows| !rows.is_empty())
        .map(|rows| loss(rows, temperature))
        .collect();
    mean(&losses)
}

/// Mean negative logarithm of the probabilities of what is right.
#[must_use]
pub fn loss<const N: usize>(rows: &[([f32; N], usize)], temperature: f32) -> f64 {
    let of = |(logits, right): &([f32; N], usize)| {
        -f64::from(softmax(logits, temperature)[*right].max(f32::MIN_POSITIVE)).ln()
    };
    rows.iter().map(of).sum::<f64>() / rows.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overconfidence_is_cooled_to_the_true_frequency() {
        // Says 98 % (logit 4 against twice 0... e^4 / (e^4 + 2)), is right three times in four.
        let rows: Vec<_> =
            (0..400).map(|n| ([4.0, 0.0, 0.0], if n % 4 == 0 { 1 + n % 2 } else { 0 })).collect();
        let temperature = temperature(&[rows]);
        let shares = softmax(&[4.0, 0.0, 0.0], temperature);
        assert!((shares[0] - 0.75).abs() < 1e-3, "{shares:?} at {temperature}");
    }

    #[test]
    fn a_large_source_does_not_decide_for_a_small_one() {
        // Both say 88 %; the small one is right in three of four rows, the large one always.
        let rows = |count: usize, wrong: usize| -> Rows<2> {
            (0..count).map(|n| ([2.0, 0.0], usize::from(n % 4 < wrong))).collect()
        };
        let alone = temperature(&[rows(400, 1)]);
        let beside = |count| temperature(&[rows(400, 1), rows(count, 0)]);
        assert!(beside(4) < alone, "it counts");
        assert!((beside(4) - beside(40_000)).abs() < 1e-3, "its size does not");
        assert_eq!(beside(0), alone, "one without rows does not count");
    }

    #[test]
    fn neutral_does_not_compete_where_it_was_no_choice() {
        let logits = [0.5, 3.0, 0.1];
        assert_eq!(competing(Kind::Human, logits), logits);
        let [negative, neutral, positive] = softmax(&competing(Kind::Distant, logits), 2.0);
        assert!(neutral == 0.0 && (negative + positive - 1.0).abs() < 1e-6);
    }

    #[test]
    fn temperature_never_changes_the_winner() {
        for temperature in [0.1, 1.0, 10.0] {
            let [negative, neutral, positive] = softmax(&[0.1, -2.0, 0.3], temperature);
            assert!(positive > negative && negative > neutral);
            assert!((negative + neutral + positive - 1.0).abs() < 1e-6);
        }
    }
}
