//! What a model's logits stand for, and the verdict that they mean. Every family has it.

use domain::{Complaint, Label, Prediction, Probabilities, Reason};
use serde::{Deserialize, Serialize};

use super::ReasonShares;

/// What the logits stand for, in their order: the labels, then the reasons of complaints, then,
/// where there are reasons, that a text has none of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outputs {
    /// Two or three different labels.
    pub labels: Vec<Label>,
    /// Different reasons, or none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<Reason>,
}

/// How logits become probabilities that are frequencies, and from where on one may rely on them.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Calibration {
    /// What the labels' logits are divided by before the softmax (Guo et al. 2017).
    pub temperature: f32,
    /// The same for the reasons' logits.
    #[serde(default = "one")]
    pub reason_temperature: f32,
    /// The confidence, 0 to 1, from which a verdict is sure.
    #[serde(default)]
    pub sure_from: f32,
}

/// What is known of a text beside its logits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reading {
    /// Share of its words that the model knows, 0 to 1.
    pub known: f32,
    /// ISO 639-1 code of its language where it could be told.
    pub language: Option<&'static str>,
    /// Whether the model was never trained on that language.
    pub is_foreign: bool,
}

const fn one() -> f32 {
    1.0
}

impl Default for Calibration {
    fn default() -> Self {
        Self { temperature: 1.0, reason_temperature: 1.0, sure_from: 0.0 }
    }
}

impl Reading {
    /// What is known of a text in `language` for a model of these `languages` that knows the
    /// share `known` of its words.
    #[must_use]
    pub fn new(known: f32, language: Option<&'static str>, languages: &[String]) -> Self {
        let is_foreign = language.is_some_and(|code| !languages.iter().any(|known| known == code));
        Self { known, language, is_foreign }
    }
}

impl Outputs {
    /// All labels and all reasons.
    #[must_use]
    pub fn all() -> Self {
        Self { labels: Label::ALL.to_vec(), reasons: Reason::ALL.to_vec() }
    }

    /// These labels alone.
    #[must_use]
    pub const fn of_labels(labels: Vec<Label>) -> Self {
        Self { labels, reasons: Vec::new() }
    }

    /// How many logits there are.
    #[must_use]
    pub const fn count(&self) -> usize {
        let none = if self.reasons.is_empty() { 0 } else { 1 };
        self.labels.len() + self.reasons.len() + none
    }

    /// The verdict that `logits` mean, of which there are [`Outputs::count`]: a complaint with its
    /// reason, if one is more probable than that it has none of them.
    #[must_use]
    pub fn verdict(
        &self,
        logits: &[f32],
        calibration: &Calibration,
        reading: &Reading,
    ) -> Prediction {
        let trust = trust(reading.known, reading.is_foreign);
        let shares = softmax(&logits[..self.labels.len()], calibration.temperature);
        let even = 1.0 / shares.len() as f32;
        let mut all = [0.0; Label::ALL.len()];
        for (&label, share) in self.labels.iter().zip(shares) {
            all[label as usize] = trust * share + (1.0 - trust) * even;
        }
        let language = reading.language.map(str::to_owned);
        let complaint = self.reasons(logits, calibration).and_then(|reasons| {
            Complaint::most_probable(reasons, 1.0 - reasons.iter().sum::<f32>())
        });
        Prediction::new(Probabilities::from(all), reading.known, language)
            .complaining_of(complaint)
            .sure_from(calibration.sure_from)
    }

    /// The probability of each reason in the order of [`Reason::ALL`], given that the text is a
    /// complaint; what is missing to 1 is that it has none of them. `None` where the model knows
    /// no reasons.
    #[must_use]
    pub fn reasons(&self, logits: &[f32], calibration: &Calibration) -> Option<ReasonShares> {
        if self.reasons.is_empty() {
            return None;
        }
        let shares = softmax(&logits[self.labels.len()..], calibration.reason_temperature);
        let mut all = [0.0; Reason::ALL.len()];
        for (&reason, share) in self.reasons.iter().zip(shares) {
            all[reason as usize] = share;
        }
        Some(all)
    }

    /// Says what no verdict could be made of.
    pub(super) fn check(&self) -> Result<(), String> {
        let labels = &self.labels;
        if labels.len() < 2 || has_repetition(labels) {
            return Err(format!("labels must be two or three different ones, not {labels:?}"));
        }
        if has_repetition(&self.reasons) {
            return Err(format!("reasons must be different ones, not {:?}", self.reasons));
        }
        Ok(())
    }
}

impl Calibration {
    /// Says what no probability could be made with.
    pub(super) fn check(&self) -> Result<(), String> {
        for (name, value) in
            [("temperature", self.temperature), ("reason_temperature", self.reason_temperature)]
        {
            if !(value.is_finite() && value > 0.0) {
                return Err(format!("{name} must be above 0, not {value}"));
            }
        }
        if !(0.0..=1.0).contains(&self.sure_from) {
            return Err(format!("sure_from must be from 0 to 1, not {}", self.sure_from));
        }
        Ok(())
    }
}

fn has_repetition<T: PartialEq>(values: &[T]) -> bool {
    values.iter().enumerate().any(|(k, value)| values[..k].contains(value))
}

/// How far a verdict is believed, 0 to 1: what is missing goes to all labels evenly, so the
/// winner stays and its confidence falls. Below half of the words known it falls in proportion;
/// in a language that the model never saw, by half.
pub fn trust(known: f32, is_foreign: bool) -> f32 {
    let by_words = (known / Prediction::FEW_KNOWN).clamp(0.1, 1.0);
    if is_foreign { by_words * 0.5 } else { by_words }
}

fn softmax(logits: &[f32], temperature: f32) -> Vec<f32> {
    let highest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let powers = logits.iter().map(|z| ((z - highest) / temperature).exp()).collect::<Vec<_>>();
    let sum: f32 = powers.iter().sum();
    powers.iter().map(|power| power / sum).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_and_reasons_each_share_one_whole() {
        let outputs = Outputs::all();
        let logits: Vec<f32> = (0..outputs.count()).map(|k| (k as f32).sin()).collect();
        let calibration = Calibration::default();
        let reading = Reading { known: 1.0, language: None, is_foreign: false };
        let Probabilities { negative, neutral, positive } =
            outputs.verdict(&logits, &calibration, &reading).probabilities;
        assert!((negative + neutral + positive - 1.0).abs() < 1e-6);

        let reasons = outputs.reasons(&logits, &calibration).unwrap();
        let none = logits[12].exp() / logits[3..].iter().map(|z| z.exp()).sum::<f32>();
        assert!((reasons.iter().sum::<f32>() + none - 1.0).abs() < 1e-6);
    }

    #[test]
    fn a_verdict_has_the_reason_of_a_complaint_and_says_whether_it_is_sure() {
        let outputs = Outputs::all();
        let reading = Reading { known: 1.0, language: None, is_foreign: false };
        let verdict = |negative: f32, late: f32, none: f32, sure_from: f32| {
            let mut logits = vec![0.0; outputs.count()];
            logits[0] = negative;
            logits[3 + Reason::LateFlight as usize] = late;
            logits[12] = none;
            let calibration = Calibration { sure_from, ..Calibration::default() };
            outputs.verdict(&logits, &calibration, &reading)
        };
        let complaint = verdict(2.0, 3.0, 1.0, 0.5);
        assert_eq!(complaint.complaint.map(|found| found.reason), Some(Reason::LateFlight));
        assert!(complaint.sure);
        assert_eq!(verdict(2.0, 3.0, 4.0, 0.5).complaint, None, "none of them is more probable");
        assert_eq!(verdict(-2.0, 3.0, 1.0, 0.5).complaint, None, "it is no complaint");
        assert!(!verdict(2.0, 3.0, 1.0, 0.9).sure);
    }

    #[test]
    fn a_model_without_reasons_gives_none() {
        let outputs = Outputs::of_labels(Label::ALL.to_vec());
        assert_eq!(outputs.count(), 3);
        assert_eq!(outputs.reasons(&[0.0; 3], &Calibration::default()), None);
    }

    #[test]
    fn what_is_repeated_or_missing_is_refused() {
        assert!(Outputs::of_labels(vec![Label::Negative]).check().is_err());
        assert!(Outputs::of_labels(vec![Label::Negative; 2]).check().is_err());
        let twice = Outputs { reasons: vec![Reason::LateFlight; 2], ..Outputs::all() };
        assert!(twice.check().unwrap_err().contains("reasons"));
        for calibration in [
            Calibration { temperature: 0.0, ..Calibration::default() },
            Calibration { reason_temperature: f32::NAN, ..Calibration::default() },
            Calibration { sure_from: 1.1, ..Calibration::default() },
        ] {
            assert!(calibration.check().is_err(), "{calibration:?}");
        }
    }
}
