//! Probabilities that are frequencies: one temperature for all logits (Guo et al. 2017).

use anyhow::Result;
use domain::Label;
use sentiment::models::Calibration;

use super::{Answer, Exam, LABELS, Learner, REASONS};
use crate::recipe::Kind;

/// Probabilities of logits divided by `temperature`.
#[must_use]
pub fn softmax<const N: usize>(logits: &[f32; N], temperature: f32) -> [f32; N] {
    let highest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let powers = logits.map(|logit| ((logit - highest) / temperature).exp());
    let sum: f32 = powers.iter().sum();
    powers.map(|power| power / sum)
}

/// The temperature, from 0.1 to 10, under which what is right of each row's logits, by its index,
/// is most likely; 1 without rows.
///
/// The loss is convex in 1 / temperature, so a golden-section search finds it.
#[must_use]
pub fn temperature<const N: usize>(rows: &[([f32; N], usize)]) -> f32 {
    if rows.is_empty() {
        return 1.0;
    }
    let golden = (5.0_f32.sqrt() - 1.0) / 2.0;
    let (mut low, mut high) = (0.1_f32.ln(), 10.0_f32.ln());
    for _ in 0..40 {
        let reach = golden * (high - low);
        let (left, right) = (high - reach, low + reach);
        if loss(rows, left.exp()) < loss(rows, right.exp()) {
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
    let (mut three, mut two, mut reasons) = (Vec::new(), Vec::new(), Vec::new());
    for exam in exams {
        for (logits, Answer { label, cause }) in exam.logits(learner)?.iter().zip(&exam.answers) {
            let (labels, whys) = logits.split_at(LABELS);
            let (&[negative, neutral, positive], Ok(whys)) = (labels, whys.try_into()) else {
                continue;
            };
            match exam.kind {
                _ if !exam.calibrates => {}
                Kind::Human => three.push(([negative, neutral, positive], *label as usize)),
                Kind::Distant => {
                    two.push(([negative, positive], usize::from(*label == Label::Positive)));
                }
            }
            if let Some(cause) = cause {
                reasons.push((whys, cause.place()));
            }
        }
    }
    Ok(Calibration {
        temperature: if three.is_empty() { temperature(&two) } else { temperature(&three) },
        reason_temperature: temperature::<REASONS>(&reasons),
        sure_from,
    })
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
        let temperature = temperature(&rows);
        let shares = softmax(&[4.0, 0.0, 0.0], temperature);
        assert!((shares[0] - 0.75).abs() < 1e-3, "{shares:?} at {temperature}");
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
