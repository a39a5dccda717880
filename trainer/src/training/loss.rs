//! Cross-entropy and its gradient by the logits, in closed form.

use domain::Label;

use crate::recipe::Kind;

const LABELS: usize = Label::ALL.len();

/// What a row's logits should become.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Target {
    /// The probability wanted of each label; 0 for one that does not compete. They sum to 1.
    shares: [f32; LABELS],
    /// Whether each label competes.
    competes: [bool; LABELS],
    /// What the row's loss is multiplied by.
    weight: f32,
}

impl Target {
    /// The target of a row labelled `label` by `kind`. `smoothing` of the probability is spread
    /// evenly over the labels that compete (Szegedy et al. 2016): all for a human row, negative
    /// and positive for a distant one.
    #[must_use]
    pub fn new(label: Label, kind: Kind, smoothing: f32, weight: f32) -> Self {
        let mut competes = [true; LABELS];
        competes[Label::Neutral as usize] = kind == Kind::Human || label == Label::Neutral;
        let competitors = competes.iter().filter(|&&competes| competes).count() as f32;
        let mut shares =
            competes.map(|competes| if competes { smoothing / competitors } else { 0.0 });
        shares[label as usize] += 1.0 - smoothing;
        Self { shares, competes, weight }
    }
}

/// The loss of some rows and its gradient.
#[derive(Clone, Debug, PartialEq)]
pub struct Loss {
    /// Sum over the rows, each times its weight.
    pub sum: f64,
    /// By the logits, `(rows, labels)`: of `sum` divided by the rows of the whole batch.
    pub gradient: Vec<f32>,
}

/// The loss of logits `(rows, labels)`; `batch_rows` are those of the batch that the rows are
/// a part of.
#[must_use]
pub fn cross_entropy(logits: &[f32], targets: &[Target], batch_rows: usize) -> Loss {
    let mut loss = Loss { sum: 0.0, gradient: vec![0.0; logits.len()] };
    let rows = logits.as_chunks::<LABELS>().0.iter().zip(loss.gradient.as_chunks_mut::<LABELS>().0);
    for ((logits, gradient), target) in rows.zip(targets) {
        let highest = (0..LABELS)
            .filter(|&k| target.competes[k])
            .map(|k| logits[k])
            .fold(f32::NEG_INFINITY, f32::max);
        let power = |k: usize| if target.competes[k] { (logits[k] - highest).exp() } else { 0.0 };
        let powers: [f32; LABELS] = std::array::from_fn(power);
        let sum: f32 = powers.iter().sum();
        for k in (0..LABELS).filter(|&k| target.competes[k]) {
            let log_share = logits[k] - highest - sum.ln();
            loss.sum -= f64::from(target.weight * target.shares[k] * log_share);
            gradient[k] = target.weight * (powers[k] / sum - target.shares[k]) / batch_rows as f32;
        }
    }
    loss
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_loss_is_the_negative_log_of_the_label_s_share() {
        let logits = [0.0, 2.0_f32.ln(), 0.0];
        let human = Target::new(Label::Neutral, Kind::Human, 0.0, 1.0);
        assert!((cross_entropy(&logits, &[human], 1).sum - 2.0_f64.ln()).abs() < 1e-6);
    }

    #[test]
    fn neutral_of_a_distant_row_has_no_part_and_no_gradient() {
        let distant = [Target::new(Label::Positive, Kind::Distant, 0.1, 0.6)];
        let (low, high) = (
            cross_entropy(&[0.3, -9.0, 0.7], &distant, 1),
            cross_entropy(&[0.3, 9.0, 0.7], &distant, 1),
        );
        assert_eq!(low, high);
        assert_eq!(low.gradient[1], 0.0);
        assert!(low.gradient[0] > 0.0 && low.gradient[2] < 0.0);
    }

    #[test]
    fn the_gradient_is_that_of_finite_differences() {
        let logits = [0.2_f32, -1.0, 0.5, 1.5, 0.0, -0.5];
        let targets = [
            Target::new(Label::Negative, Kind::Human, 0.1, 1.5),
            Target::new(Label::Negative, Kind::Distant, 0.0, 0.6),
        ];
        let gradient = cross_entropy(&logits, &targets, 2).gradient;
        for (k, exact) in gradient.iter().enumerate() {
            let at = |step: f32| {
                let mut moved = logits;
                moved[k] += step;
                cross_entropy(&moved, &targets, 2).sum / 2.0
            };
            let slope = (at(1e-2) - at(-1e-2)) / 2e-2;
            assert!((slope - f64::from(*exact)).abs() < 1e-4, "logit {k}: {exact} is not {slope}");
        }
    }

    #[test]
    fn huge_logits_stay_finite() {
        let target = [Target::new(Label::Negative, Kind::Human, 0.0, 1.0)];
        let loss = cross_entropy(&[-1e4, 1e4, 0.0], &target, 1);
        assert!((loss.sum - 2e4).abs() < 1.0);
        assert!(loss.gradient.iter().all(|g| g.is_finite()));
    }
}
