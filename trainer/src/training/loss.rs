//! The loss of a batch and its gradient by the logits, in closed form.

use super::target::{OUTPUTS, Target};

/// The loss of some rows and its gradient.
#[derive(Clone, Debug, PartialEq)]
pub struct Loss {
    /// Sum over the rows, each times its weight.
    pub sum: f64,
    /// By the logits, `(rows, OUTPUTS)`: of `sum` divided by the rows of the whole batch.
    pub gradient: Vec<f32>,
}

/// The cross-entropy of logits `(rows, OUTPUTS)`; `batch_rows` are those of the batch that the
/// rows are a part of.
#[must_use]
pub fn cross_entropy(logits: &[f32], targets: &[Target], batch_rows: usize) -> Loss {
    let mut loss = Loss { sum: 0.0, gradient: vec![0.0; logits.len()] };
    let gradients = loss.gradient.as_chunks_mut::<OUTPUTS>().0;
    let rows = logits.as_chunks::<OUTPUTS>().0.iter().zip(gradients);
    for ((logits, gradient), target) in rows.zip(targets) {
        loss.sum += target.loss(logits, 1.0 / batch_rows as f32, gradient);
    }
    loss
}

#[cfg(test)]
mod tests {
    use domain::{Label, Reason};

    use super::*;
    use crate::{data::Cause, recipe::Kind};

    /// Logits of which only the labels' are not 0.
    fn logits(labels: [f32; 3]) -> [f32; OUTPUTS] {
        let mut logits = [0.0; OUTPUTS];
        logits[..3].copy_from_slice(&labels);
        logits
    }

    #[test]
    fn the_loss_is_the_negative_log_of_the_label_s_share() {
        let human = Target::new(Label::Neutral, Kind::Human, 0.0, 1.0);
        let loss = cross_entropy(&logits([0.0, 2.0_f32.ln(), 0.0]), &[human], 1);
        assert!((loss.sum - 2.0_f64.ln()).abs() < 1e-6);
    }

    #[test]
    fn neutral_of_a_distant_row_has_no_part_and_no_gradient() {
        let distant = [Target::new(Label::Positive, Kind::Distant, 0.1, 0.6)];
        let (low, high) = (
            cross_entropy(&logits([0.3, -9.0, 0.7]), &distant, 1),
            cross_entropy(&logits([0.3, 9.0, 0.7]), &distant, 1),
        );
        assert_eq!(low, high);
        assert_eq!(low.gradient[1], 0.0);
        assert!(low.gradient[0] > 0.0 && low.gradient[2] < 0.0);
    }

    #[test]
    fn a_row_whose_reason_is_unknown_teaches_none() {
        let target = Target::new(Label::Negative, Kind::Human, 0.0, 1.0);
        let loss = cross_entropy(&logits([0.0; 3]), &[target], 1);
        assert!(loss.gradient[3..].iter().all(|&g| g == 0.0));
        let known = target.because(Cause::Reason(Reason::LateFlight), 0.0, 1.0);
        let loss = cross_entropy(&logits([0.0; 3]), &[known], 1);
        let by_reason = &loss.gradient[3..];
        assert!((by_reason[Reason::LateFlight as usize] + 0.9).abs() < 1e-6);
        assert!((by_reason.iter().sum::<f32>()).abs() < 1e-6);
    }

    /// Probabilities that sum to 1, each another one.
    fn shares<const N: usize>() -> [f32; N] {
        let squares = std::array::from_fn(|k| ((k + 1) * (k + 1)) as f32);
        let whole: f32 = squares.iter().sum();
        squares.map(|square| square / whole)
    }

    #[test]
    fn teachers_and_labels_share_the_loss() {
        let logits = logits([0.3, -0.9, 0.7]);
        let distant = Target::new(Label::Positive, Kind::Distant, 0.1, 0.6);
        let loss = |target: Target| cross_entropy(&logits, &[target], 1).sum;
        let share = |share| loss(distant.taught(shares(), share, 0.6));
        assert!((share(0.0) - loss(distant)).abs() < 1e-7);
        assert!((share(0.7) - 0.7 * share(1.0) - 0.3 * share(0.0)).abs() < 1e-6);
        // Over all three labels, though the emoticon had only two to choose from.
        let sum: f64 = [0.3_f64, -0.9, 0.7].map(f64::exp).iter().sum();
        let cross_entropy = sum.ln() - (0.3 / 14.0 - 0.9 * 4.0 / 14.0 + 0.7 * 9.0 / 14.0);
        assert!((share(1.0) - 0.6 * cross_entropy).abs() < 1e-6);
    }

    #[test]
    fn teachers_reach_the_neutral_of_a_distant_row_and_unknown_reasons() {
        let distant = Target::new(Label::Negative, Kind::Distant, 0.0, 1.0);
        let taught = distant.taught(shares(), 0.5, 1.0).taught_because(shares(), 0.5, 1.0);
        let gradient = cross_entropy(&logits([0.0; 3]), &[taught], 1).gradient;
        assert!((gradient[1] - 0.5 * (1.0 / 3.0 - shares::<3>()[1])).abs() < 1e-7);
        assert!(gradient[1] > 0.01);
        assert!((gradient[3] - 0.5 * (0.1 - shares::<10>()[0])).abs() < 1e-7);
    }

    #[test]
    fn the_gradient_is_that_of_finite_differences() {
        let logits: Vec<f32> = (0..4 * OUTPUTS).map(|k| (k as f32 * 1.7).sin()).collect();
        let targets = [
            Target::new(Label::Negative, Kind::Human, 0.1, 1.5).because(Cause::None, 0.1, 0.7),
            Target::new(Label::Negative, Kind::Distant, 0.0, 0.6),
            Target::new(Label::Negative, Kind::Human, 0.1, 1.5)
                .because(Cause::Reason(Reason::LateFlight), 0.1, 0.7)
                .taught(shares(), 0.7, 1.5)
                .taught_because(shares(), 0.7, 0.9),
            Target::new(Label::Positive, Kind::Distant, 0.1, 0.6).taught(shares(), 0.4, 0.6),
        ];
        let gradient = cross_entropy(&logits, &targets, 4).gradient;
        for (k, exact) in gradient.iter().enumerate() {
            let at = |step: f32| {
                let mut moved = logits.clone();
                moved[k] += step;
                cross_entropy(&moved, &targets, 4).sum / 4.0
            };
            let slope = (at(1e-2) - at(-1e-2)) / 2e-2;
            assert!((slope - f64::from(*exact)).abs() < 1e-4, "logit {k}: {exact} is not {slope}");
        }
    }

    #[test]
    fn huge_logits_stay_finite() {
        let target = [Target::new(Label::Negative, Kind::Human, 0.0, 1.0)];
        let loss = cross_entropy(&logits([-1e4, 1e4, 0.0]), &target, 1);
        assert!((loss.sum - 2e4).abs() < 1.0);
        assert!(loss.gradient.iter().all(|g| g.is_finite()));
    }
}
