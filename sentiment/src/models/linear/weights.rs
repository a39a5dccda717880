//! One weight for each feature and label, in 32 bits where they are learnt and in 8 where they
//! are served.

use super::Row;

/// The largest code.
const MAX_CODE: f32 = 127.0;

/// Weights that are learnt, `(features + cues, labels)`, and a bias for each label.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    /// How many labels.
    pub labels: usize,
    /// Row by row.
    pub values: Vec<f32>,
    /// Of each label.
    pub bias: Vec<f32>,
}

/// Weights that are served: those of features in 8 bits, those of cues as they are.
#[derive(Clone, Debug, PartialEq)]
pub struct Compact {
    /// `(features, labels)`: `c` stands for scale · sign(c) · (c / 127)², so that the many small
    /// weights keep their digits beside the few large ones.
    pub codes: Vec<i8>,
    /// The largest weight of each label.
    pub scales: Vec<f32>,
    /// `(cues, labels)`.
    pub cues: Vec<f32>,
    /// Of each label.
    pub bias: Vec<f32>,
}

impl Compact {
    /// `weights`, the first `features` of them in 8 bits.
    #[must_use]
    pub fn of(weights: &Weights, features: usize) -> Self {
        let labels = weights.labels;
        let (coded, cues) = weights.values.split_at(features * labels);
        let largest = |label: usize| {
            let of_label = coded.iter().skip(label).step_by(labels);
            of_label.fold(f32::MIN_POSITIVE, |largest, weight| largest.max(weight.abs()))
        };
        let scales: Vec<f32> = (0..labels).map(largest).collect();
        let codes = coded.chunks_exact(labels).flat_map(|row| {
            row.iter().zip(&scales).map(|(weight, scale)| {
                ((weight.abs() / scale).sqrt() * MAX_CODE).round().copysign(*weight) as i8
            })
        });
        Self {
            codes: codes.collect(),
            cues: cues.to_vec(),
            bias: weights.bias.clone(),
            scales: scales.clone(),
        }
    }

    /// The score of each label for `row`: its bias and the sum of the features' weights, each
    /// times how much the row has of it.
    #[must_use]
    pub fn scores(&self, row: &Row) -> Vec<f32> {
        let labels = self.bias.len();
        let mut scores = self.bias.clone();
        for (&feature, &value) in row.features.iter().zip(&row.values) {
            let at = feature as usize * labels;
            match self.codes.get(at..at + labels) {
                Some(codes) => {
                    for ((score, &code), scale) in scores.iter_mut().zip(codes).zip(&self.scales) {
                        *score += value * scale * decoded(code);
                    }
                }
                None => {
                    let cues = &self.cues[at - self.codes.len()..][..labels];
                    scores.iter_mut().zip(cues).for_each(|(score, cue)| *score += value * cue);
                }
            }
        }
        scores
    }
}

/// A code as a share of the largest weight.
fn decoded(code: i8) -> f32 {
    let share = f32::from(code) / MAX_CODE;
    share * share.abs()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weights() -> Weights {
        // Four features and one cue, two labels; one weight is 50 times the others.
        let values = vec![5.0, -0.1, 0.1, 0.05, -0.02, 0.4, 0.0, -0.3, 0.123_456, -7.0];
        Weights { labels: 2, values, bias: vec![0.5, -0.5] }
    }

    #[test]
    fn small_weights_keep_their_digits_beside_a_large_one() {
        let compact = Compact::of(&weights(), 4);
        let exact = weights();
        for feature in 0..4 {
            let row = Row { features: vec![feature], values: vec![1.0] };
            for (label, score) in compact.scores(&row).iter().enumerate() {
                let exact = exact.values[feature as usize * 2 + label] + exact.bias[label];
                assert!((score - exact).abs() < 6e-3, "{score} is not {exact}");
            }
        }
    }

    #[test]
    fn a_score_is_the_bias_and_a_sum_over_the_features() {
        let compact = Compact::of(&weights(), 4);
        let row = Row { features: vec![0, 4], values: vec![0.5, 2.0] };
        let scores = compact.scores(&row);
        assert!((scores[0] - (0.5 + 2.5 + 0.246_912)).abs() < 1e-5, "{scores:?}");
        assert_eq!(compact.scores(&Row::default()), [0.5, -0.5]);
    }

    #[test]
    fn no_weight_at_all_stays_no_weight() {
        let none = Weights { labels: 2, values: vec![0.0; 4], bias: vec![0.0; 2] };
        let row = Row { features: vec![0, 1], values: vec![1.0, 1.0] };
        assert_eq!(Compact::of(&none, 2).scores(&row), [0.0, 0.0]);
    }
}
