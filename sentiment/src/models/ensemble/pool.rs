//! Several opinions on one text, and the logits that they make together.

use domain::Prediction;

use super::{Opinion, REASONS};
use crate::models::{Calibration, Outputs, Reading};

/// How much each member counts, and what they tell apart together.
#[derive(Clone, Debug, PartialEq)]
pub struct Pool {
    /// Labels in the order of [`domain::Label::ALL`], reasons in that of [`domain::Reason::ALL`].
    pub outputs: Outputs,
    /// One of each member, 0 to 1; they sum to 1.
    pub weights: Vec<f32>,
    /// ISO 639-1 codes of the languages that it is for.
    pub languages: Vec<String>,
}

impl Pool {
    /// The weighted means of the members' logarithms, [`Outputs::count`] of them: of the labels,
    /// then of the reasons and that there is none, by the members that know reasons.
    #[must_use]
    pub fn logits(&self, opinions: &[Opinion]) -> Vec<f32> {
        let labels = |opinion: &Opinion| Some(opinion.labels);
        let mut logits =
            self.mean(opinions, labels, self.outputs.labels.iter().map(|&l| l as usize));
        if !self.outputs.reasons.is_empty() {
            let places = self.outputs.reasons.iter().map(|&reason| reason as usize);
            let places = places.chain([REASONS - 1]);
            logits.extend(self.mean(opinions, |opinion| opinion.reasons, places));
        }
        logits
    }

    /// What is known of the text: the weighted mean of the shares of known words.
    #[must_use]
    pub fn reading(&self, opinions: &[Opinion]) -> Reading {
        let known = self.weights.iter().zip(opinions).map(|(weight, said)| weight * said.known);
        let language = opinions.iter().find_map(|opinion| opinion.language);
        Reading::new(known.sum(), language, &self.languages)
    }

    /// The verdict of all of them.
    #[must_use]
    pub fn verdict(&self, opinions: &[Opinion], calibration: &Calibration) -> Prediction {
        self.outputs.verdict(&self.logits(opinions), calibration, &self.reading(opinions))
    }

    /// At each of `places`, the mean of what those say who say something; 0 if nobody does.
    fn mean<const N: usize>(
        &self,
        opinions: &[Opinion],
        said: impl Fn(&Opinion) -> Option<[f32; N]>,
        places: impl Iterator<Item = usize>,
    ) -> Vec<f32> {
        let (mut sums, mut all) = ([0.0; N], 0.0);
        for (&weight, opinion) in self.weights.iter().zip(opinions) {
            // Nothing of a weight of 0: 0 · −∞ is no number.
            if let Some(said) = said(opinion).filter(|_| weight > 0.0) {
                all += weight;
                sums.iter_mut().zip(said).for_each(|(sum, said)| *sum += weight * said);
            }
        }
        if all == 0.0 {
            return places.map(|_| 0.0).collect();
        }
        places.map(|place| sums[place] / all).collect()
    }
}

#[cfg(test)]
mod tests {
    use domain::Label;

    use super::*;

    fn opinion(shares: [f32; 3], reasons: Option<f32>) -> Opinion {
        let reasons = reasons.map(|first| {
            let mut all = [((1.0 - first) / 9.0).ln(); REASONS];
            all[0] = first.ln();
            all
        });
        Opinion { labels: shares.map(f32::ln), reasons, known: 1.0, language: Some("en") }
    }

    fn pool(weights: &[f32], outputs: Outputs) -> Pool {
        Pool { outputs, weights: weights.to_vec(), languages: vec!["en".to_owned()] }
    }

    /// √(.8 · .2), √(.1 · .2) and √(.1 · .6), divided by their sum.
    #[test]
    fn equal_weights_give_the_geometric_mean() {
        let pool = pool(&[0.5, 0.5], Outputs::of_labels(Label::ALL.to_vec()));
        let opinions = [opinion([0.8, 0.1, 0.1], None), opinion([0.2, 0.2, 0.6], None)];
        let said = pool.verdict(&opinions, &Calibration::default()).probabilities;
        for (label, expected) in Label::ALL.into_iter().zip([0.508_666, 0.179_841, 0.311_493]) {
            let found = said.of(label);
            assert!((found - expected).abs() < 1e-5, "{label}: {found}, not {expected}");
        }
    }

    #[test]
    fn who_agrees_says_together_what_each_says_alone() {
        let pool = pool(&[0.3, 0.7], Outputs::of_labels(Label::ALL.to_vec()));
        let said = pool.verdict(&[opinion([0.7, 0.2, 0.1], None); 2], &Calibration::default());
        assert!((said.confidence - 0.7).abs() < 1e-6, "{said:?}");
    }

    #[test]
    fn only_members_that_know_reasons_tell_them() {
        let pool = pool(&[0.9, 0.1], Outputs::all());
        let opinions = [opinion([0.7, 0.2, 0.1], None), opinion([0.7, 0.2, 0.1], Some(0.6))];
        let logits = pool.logits(&opinions);
        let reasons = pool.outputs.reasons(&logits, &Calibration::default()).unwrap();
        assert!((reasons[0] - 0.6).abs() < 1e-6, "{reasons:?}");
    }

    #[test]
    fn what_is_known_is_the_weighted_mean_and_a_foreign_language_lowers_the_confidence() {
        let pool = pool(&[0.25, 0.75], Outputs::of_labels(Label::ALL.to_vec()));
        let mut opinions = [opinion([0.8, 0.1, 0.1], None); 2];
        opinions[0].known = 0.6;
        let reading = pool.reading(&opinions);
        assert!((reading.known - 0.9).abs() < 1e-6 && !reading.is_foreign, "{reading:?}");
        opinions[0].language = Some("fr");
        let said = pool.verdict(&opinions, &Calibration::default());
        assert!((said.confidence - (0.4 + 0.5 / 3.0)).abs() < 1e-6, "{said:?}");
    }
}
