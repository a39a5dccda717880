//! What one member makes of a text, before it is pooled.

use domain::{Label, Reason};

use crate::models::{Calibration, Outputs};

/// The reasons of complaints, and that a text has none of them.
pub const REASONS: usize = Reason::ALL.len() + 1;

/// Calibrated probabilities as natural logarithms, which stay exact where the probabilities are
/// small. What a member knows of the text has not lowered them: that is counted once, by the
/// ensemble.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Opinion {
    /// Of the labels in the order of [`Label::ALL`]; −∞ for one that the member does not know.
    pub labels: [f32; Label::ALL.len()],
    /// Of the reasons in the order of [`Reason::ALL`], then of none of them; −∞ for one that the
    /// member does not know. `None` from a member that knows no reasons.
    pub reasons: Option<[f32; REASONS]>,
    /// Share of the text's words that the member knows, 0 to 1.
    pub known: f32,
    /// ISO 639-1 code of the text's language where it could be told.
    pub language: Option<&'static str>,
}

impl Opinion {
    /// What `logits` mean, of which there are [`Outputs::count`].
    #[must_use]
    pub fn new(
        outputs: &Outputs,
        logits: &[f32],
        calibration: &Calibration,
        known: f32,
        language: Option<&'static str>,
    ) -> Self {
        let (of_labels, of_reasons) = logits.split_at(outputs.labels.len());
        let mut labels = [f32::NEG_INFINITY; Label::ALL.len()];
        let logarithms = log_softmax(of_labels, calibration.temperature);
        for (&label, logarithm) in outputs.labels.iter().zip(logarithms) {
            labels[label as usize] = logarithm;
        }
        let reasons = (!outputs.reasons.is_empty()).then(|| {
            let mut all = [f32::NEG_INFINITY; REASONS];
            let places = outputs.reasons.iter().map(|&reason| reason as usize);
            let logarithms = log_softmax(of_reasons, calibration.reason_temperature);
            for (place, logarithm) in places.chain([REASONS - 1]).zip(logarithms) {
                all[place] = logarithm;
            }
            all
        });
        Self { labels, reasons, known, language }
    }
}

/// ln softmax(z / temperature).
fn log_softmax(logits: &[f32], temperature: f32) -> impl Iterator<Item = f32> {
    let highest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let cooled = move |logit: &f32| (logit - highest) / temperature;
    let sum: f32 = logits.iter().map(|logit| cooled(logit).exp()).sum();
    logits.iter().map(move |logit| cooled(logit) - sum.ln())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_opinion_has_its_places_whatever_the_order_of_the_member_s_outputs() {
        let outputs = Outputs {
            labels: vec![Label::Positive, Label::Negative],
            reasons: vec![Reason::LostLuggage],
        };
        let calibration = Calibration { temperature: 2.0, ..Calibration::default() };
        let logits = [2.0 * 3.0_f32.ln(), 0.0, 4.0_f32.ln(), 0.0];
        let Opinion { labels, reasons, .. } =
            Opinion::new(&outputs, &logits, &calibration, 1.0, None);
        let near = |logarithm: f32, share: f32| (logarithm.exp() - share).abs() < 1e-6;
        assert!(near(labels[Label::Positive as usize], 0.75), "{labels:?}");
        assert!(near(labels[Label::Negative as usize], 0.25), "{labels:?}");
        assert_eq!(labels[Label::Neutral as usize], f32::NEG_INFINITY);
        let reasons = reasons.unwrap();
        assert!(near(reasons[Reason::LostLuggage as usize], 0.8), "{reasons:?}");
        assert!(near(reasons[REASONS - 1], 0.2), "{reasons:?}");
    }
}
