//! Probabilities that are frequencies: one temperature for all logits (Guo et al. 2017).

use domain::Label;

/// Probabilities of logits divided by `temperature`.
#[must_use]
pub fn softmax(logits: &[f32; 3], temperature: f32) -> [f32; 3] {
    let highest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let powers = logits.map(|logit| ((logit - highest) / temperature).exp());
    let sum: f32 = powers.iter().sum();
    powers.map(|power| power / sum)
}

/// The temperature, from 0.1 to 10, under which the labels are most likely; 1 without rows.
///
/// The loss is convex in 1 / temperature, so a golden-section search finds it.
#[must_use]
pub fn temperature(rows: &[([f32; 3], Label)]) -> f32 {
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

/// Mean negative logarithm of the labels' probabilities.
fn loss(rows: &[([f32; 3], Label)], temperature: f32) -> f64 {
    let of = |(logits, label): &([f32; 3], Label)| {
        -f64::from(softmax(logits, temperature)[*label as usize].max(f32::MIN_POSITIVE)).ln()
    };
    rows.iter().map(of).sum::<f64>() / rows.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overconfidence_is_cooled_to_the_true_frequency() {
        // Says 98 % (logit 4 against twice 0... e^4 / (e^4 + 2)), is right three times in four.
        let rows: Vec<_> = (0..400)
            .map(|n| {
                ([4.0, 0.0, 0.0], if n % 4 == 0 { Label::ALL[1 + n % 2] } else { Label::Negative })
            })
            .collect();
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
