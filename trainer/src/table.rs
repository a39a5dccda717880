//! The embedding table and the gradients of the few rows that a batch touches.

use std::collections::HashMap;

use crate::{
    average::{Decay, RowAverages},
    optimiser::{AdamW, Weights},
};

/// A vector a word, with AdamW's memory. It stays outside the tensors: a dense gradient of the
/// whole table at every step would cost more than the network.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Numbers per word.
    pub dimension: usize,
    /// The vectors, word after word.
    pub values: Vec<f32>,
    /// Mean of their gradients.
    pub first: Vec<f32>,
    /// Mean of the gradients' squares.
    pub second: Vec<f32>,
    /// The vectors' averages, if there are any.
    pub average: Option<RowAverages>,
}

impl Table {
    /// A table that has not been trained yet, with averages of this decay, if any.
    #[must_use]
    pub fn new(values: Vec<f32>, dimension: usize, decay: Option<Decay>) -> Self {
        let (first, second) = (vec![0.0; values.len()], vec![0.0; values.len()]);
        let rows = values.len() / dimension;
        let average = decay.map(|decay| RowAverages::new(values.clone(), rows, decay));
        Self { dimension, values, first, second, average }
    }

    /// Puts these vectors in place of its own; averages, if there are any, begin anew.
    pub fn set(&mut self, values: Vec<f32>) {
        self.values = values;
        if let Some(average) = &mut self.average {
            average.begin(&self.values);
        }
    }

    /// Exchanges the vectors and their averages over the `steps` steps so far, if there are any.
    pub fn exchange_average(&mut self, steps: u64) {
        let Some(average) = &mut self.average else { return };
        for (row, values) in self.values.chunks_exact(self.dimension).enumerate() {
            average.catch_up(row, values, steps);
        }
        std::mem::swap(&mut self.values, &mut average.values);
    }

    /// The vector of `word`.
    #[must_use]
    pub fn row(&self, word: u32) -> &[f32] {
        let start = word as usize * self.dimension;
        &self.values[start..start + self.dimension]
    }

    /// One update of the rows that have gradients, the `step`th, counted from 1; their averages
    /// follow.
    pub fn update(
        &mut self,
        optimiser: &AdamW,
        gradients: &RowGradients,
        scale: f32,
        step: u64,
        rate: f64,
    ) {
        for (&word, gradient) in
            gradients.words.iter().zip(gradients.values.chunks_exact(self.dimension))
        {
            let start = word as usize * self.dimension;
            let row = start..start + self.dimension;
            if let Some(average) = &mut self.average {
                average.catch_up(word as usize, &self.values[row.clone()], step - 1);
            }
            let weights = Weights {
                values: &mut self.values[row.clone()],
                first: &mut self.first[row.clone()],
                second: &mut self.second[row.clone()],
            };
            optimiser.update(weights, gradient, scale, step, rate);
            if let Some(average) = &mut self.average {
                average.follow(word as usize, &self.values[row], step - 1);
            }
        }
    }
}

/// Gradients of some words' vectors, in the order in which the words were first met.
#[derive(Clone, Debug)]
pub struct RowGradients {
    dimension: usize,
    words: Vec<u32>,
    places: HashMap<u32, usize>,
    values: Vec<f32>,
}

impl RowGradients {
    /// None yet, for vectors of `dimension` numbers.
    #[must_use]
    pub fn new(dimension: usize) -> Self {
        Self { dimension, words: Vec::new(), places: HashMap::new(), values: Vec::new() }
    }

    /// The gradient of `word`, 0 at first.
    pub fn row(&mut self, word: u32) -> &mut [f32] {
        let place = *self.places.entry(word).or_insert_with(|| {
            self.words.push(word);
            self.values.resize(self.values.len() + self.dimension, 0.0);
            self.words.len() - 1
        });
        &mut self.values[place * self.dimension..(place + 1) * self.dimension]
    }

    /// Adds the gradients by the vectors of `words`, `(words, dimension)`.
    pub fn add_tokens(&mut self, words: &[u32], gradients: &[f32]) {
        for (&word, gradient) in words.iter().zip(gradients.chunks_exact(self.dimension)) {
            self.row(word).iter_mut().zip(gradient).for_each(|(sum, g)| *sum += g);
        }
    }

    /// Adds those of `other`.
    pub fn add(&mut self, other: &Self) {
        self.add_tokens(&other.words, &other.values);
    }

    /// Sum of the squares of all numbers.
    #[must_use]
    pub fn squares(&self) -> f64 {
        self.values.iter().map(|&g| f64::from(g * g)).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_with_gradients_move() {
        let mut table = Table::new(vec![1.0; 6], 2, None);
        let mut gradients = RowGradients::new(2);
        gradients.row(1).copy_from_slice(&[0.5, -0.5]);
        table.update(&AdamW::default(), &gradients, 1.0, 1, 0.1);
        assert_eq!((table.row(0), table.row(2)), ([1.0, 1.0].as_slice(), [1.0, 1.0].as_slice()));
        assert!(table.row(1)[0] < 0.95 && table.row(1)[1] > 1.05, "{:?}", table.row(1));
    }

    #[test]
    fn gradients_of_two_parts_add_up() {
        let (mut a, mut b) = (RowGradients::new(1), RowGradients::new(1));
        a.row(7)[0] = 1.0;
        b.row(9)[0] = 2.0;
        b.row(7)[0] = 3.0;
        a.add(&b);
        assert_eq!((a.row(7)[0], a.row(9)[0]), (4.0, 2.0));
        assert!((a.squares() - 20.0).abs() < 1e-9);
    }
}
