//! What the outputs of a row should become.

use domain::{Label, Reason};

use crate::{data::Cause, recipe::Kind};

/// The labels come first among the outputs.
pub const LABELS: usize = Label::ALL.len();
/// The reasons of complaints, and that there is none of them.
pub const REASONS: usize = Reason::ALL.len() + 1;
/// Everything that is trained at once; a bundle keeps what its sources have taught.
pub const OUTPUTS: usize = LABELS + REASONS;

/// What a row's logits should become, `OUTPUTS` of them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Target {
    /// Among the labels.
    pub label: Wish<LABELS>,
    /// Among the reasons.
    pub reason: Wish<REASONS>,
}

/// What is wanted of outputs that exclude each other, by whom something is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wish<const N: usize> {
    /// By the row's source.
    pub given: Option<Choice<N>>,
    /// By teachers.
    pub taught: Option<Choice<N>>,
}

/// What is wanted of outputs that exclude each other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Choice<const N: usize> {
    /// The probability wanted of each; 0 for one that does not compete. They sum to 1.
    shares: [f32; N],
    /// Whether each competes.
    competes: [bool; N],
    /// What the loss is multiplied by.
    weight: f32,
}

impl Target {
    /// That of a row of which nothing is known.
    pub const NOTHING: Self = Self { label: Wish::NOTHING, reason: Wish::NOTHING };

    /// The target of a row labelled `label` by `kind`. `smoothing` of the probability is spread
    /// evenly over the labels that compete (Szegedy et al. 2016): all for a human row, negative
    /// and positive for a distant one.
    #[must_use]
    pub fn new(label: Label, kind: Kind, smoothing: f32, weight: f32) -> Self {
        let mut competes = [true; LABELS];
        competes[Label::Neutral as usize] = kind == Kind::Human || label == Label::Neutral;
        let given = Choice::new(label as usize, competes, smoothing, weight);
        Self { label: Wish { given: Some(given), taught: None }, reason: Wish::NOTHING }
    }

    /// The same, with what is known of the reason.
    #[must_use]
    pub fn because(self, cause: Cause, smoothing: f32, weight: f32) -> Self {
        let given = Choice::new(cause.place(), [true; REASONS], smoothing, weight);
        Self { reason: Wish { given: Some(given), ..self.reason }, ..self }
    }

    /// The same, where teachers give the labels the probabilities `shares`: `share` of the loss is
    /// the cross-entropy to these, over all labels, times `weight`; of what the source says
    /// 1 − `share` is left (Hinton et al. 2015).
    #[must_use]
    pub fn taught(self, shares: [f32; LABELS], share: f32, weight: f32) -> Self {
        Self { label: self.label.taught(shares, share, weight), ..self }
    }

    /// The same of the reasons.
    #[must_use]
    pub fn taught_because(self, shares: [f32; REASONS], share: f32, weight: f32) -> Self {
        Self { reason: self.reason.taught(shares, share, weight), ..self }
    }

    /// The row's loss; its derivative by each of `logits` is added to `gradient`, `scale` times.
    pub(super) fn loss(
        &self,
        logits: &[f32; OUTPUTS],
        scale: f32,
        gradient: &mut [f32; OUTPUTS],
    ) -> f64 {
        let (labels, reasons) = gradient.split_at_mut(LABELS);
        self.label.loss(&logits[..LABELS], scale, labels)
            + self.reason.loss(&logits[LABELS..], scale, reasons)
    }
}

impl<const N: usize> Wish<N> {
    const NOTHING: Self = Self { given: None, taught: None };

    fn taught(self, shares: [f32; N], share: f32, weight: f32) -> Self {
        let given = |choice: Choice<N>| Choice { weight: choice.weight * (1.0 - share), ..choice };
        let taught = Choice { shares, competes: [true; N], weight: weight * share };
        Self { given: self.given.map(given), taught: Some(taught) }
    }

    fn loss(&self, logits: &[f32], scale: f32, gradient: &mut [f32]) -> f64 {
        let choices = [&self.given, &self.taught].into_iter().flatten();
        choices.map(|choice| choice.loss(logits, scale, gradient)).sum()
    }
}

impl<const N: usize> Choice<N> {
    fn new(wanted: usize, competes: [bool; N], smoothing: f32, weight: f32) -> Self {
        let competitors = competes.iter().filter(|&&competes| competes).count() as f32;
        let mut shares =
            competes.map(|competes| if competes { smoothing / competitors } else { 0.0 });
        shares[wanted] += 1.0 - smoothing;
        Self { shares, competes, weight }
    }

    /// Cross-entropy of the softmax over those that compete.
    fn loss(&self, logits: &[f32], scale: f32, gradient: &mut [f32]) -> f64 {
        let competitors = || (0..N).filter(|&k| self.competes[k]);
        let highest = competitors().map(|k| logits[k]).fold(f32::NEG_INFINITY, f32::max);
        let sum: f32 = competitors().map(|k| (logits[k] - highest).exp()).sum();
        let mut loss = 0.0;
        for k in competitors() {
            let log_share = logits[k] - highest - sum.ln();
            loss -= f64::from(self.weight * self.shares[k] * log_share);
            gradient[k] += scale * self.weight * (log_share.exp() - self.shares[k]);
        }
        loss
    }
}
