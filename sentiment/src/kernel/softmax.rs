//! Softmax over rows whose length is no multiple of a vector's.

use super::{
    Dropout,
    exponential::exp,
    lanes::{sum, vectorised},
};

vectorised! {
    /// Each row of `scores`, `stride` numbers apart, becomes shares that sum to 1: softmax of
    /// `scale · score` over its first `length` numbers; the rest becomes 0.
    ///
    /// # Panics
    /// If `length` is 0 or above `stride`, or `scores` holds a part of a row.
    pub fn softmax_forward(scores: &mut [f32], length: usize, stride: usize, scale: f32) {
        assert!((1..=stride).contains(&length) && scores.len().is_multiple_of(stride), "whole rows");
        for row in scores.chunks_exact_mut(stride) {
            row[length..].fill(f32::NEG_INFINITY);
            let mut highest = f32::NEG_INFINITY;
            for &score in row.iter() {
                highest = if score > highest { score } else { highest };
            }
            for score in row.iter_mut() {
                *score = exp((*score - highest) * scale);
            }
            row[length..].fill(0.0);
            let share = 1.0 / sum(row.len(), |k| row[k]);
            for score in row.iter_mut() {
                *score *= share;
            }
        }
    }
}

vectorised! {
    /// Turns the gradient by dropped-out shares into that by the scores that [`softmax_forward`]
    /// made them of. `first` is the place of the first share in the array that `dropout` blanks.
    ///
    /// # Panics
    /// If the lengths differ or hold a part of a row.
    pub fn softmax_backward(
        shares: &[f32],
        gradient: &mut [f32],
        stride: usize,
        scale: f32,
        dropout: Dropout,
        first: usize,
    ) {
        assert!(shares.len() == gradient.len() && shares.len().is_multiple_of(stride), "whole rows");
        let rows = shares.chunks_exact(stride).zip(gradient.chunks_exact_mut(stride));
        for (number, (shares, by)) in rows.enumerate() {
            let (shares, by) = (&shares[..stride], &mut by[..stride]);
            if !dropout.is_none() {
                let start = first + number * stride;
                for (k, by) in by.iter_mut().enumerate() {
                    *by *= dropout.factor(start + k);
                }
            }
            let mean = sum(stride, |k| shares[k] * by[k]);
            for k in 0..stride {
                by[k] = shares[k] * (by[k] - mean) * scale;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_sum_to_one_and_the_rest_is_nothing() {
        let mut scores = vec![1.0, 2.0, 3.0, 99.0, -500.0, 500.0, 0.0, 99.0];
        softmax_forward(&mut scores, 3, 4, 0.5);
        assert!((scores[..4].iter().sum::<f32>() - 1.0).abs() < 1e-6);
        assert!((scores[1] / scores[0] - 0.5_f32.exp()).abs() < 1e-5);
        assert!((scores[5] - 1.0).abs() < 1e-6 && scores[3] == 0.0 && scores[7] == 0.0);
    }

    #[test]
    fn gradients_are_those_of_finite_differences() {
        let (scores, by_shares) = ([0.3_f32, -1.0, 0.8, 0.0], [0.7_f32, -0.2, 0.5, 0.0]);
        let loss = |scores: &[f32]| -> f64 {
            let mut shares = scores.to_vec();
            softmax_forward(&mut shares, 3, 4, 0.7);
            shares.iter().zip(by_shares).map(|(a, b)| f64::from(a * b)).sum()
        };
        let (mut shares, mut gradient) = (scores.to_vec(), by_shares.to_vec());
        softmax_forward(&mut shares, 3, 4, 0.7);
        softmax_backward(&shares, &mut gradient, 4, 0.7, Dropout::NONE, 0);
        for k in 0..3 {
            let (mut low, mut high) = (scores, scores);
            low[k] -= 1e-2;
            high[k] += 1e-2;
            let slope = (loss(&high) - loss(&low)) / 2e-2;
            assert!((slope - f64::from(gradient[k])).abs() < 1e-4, "score {k}");
        }
    }
}
