//! What words add to the gates: their vectors times the input weights, summed up in whole numbers.
//!
//! Weights are taken as [`WEIGHT`]ths of the largest of their gate and unit. A word's numbers are
//! taken as fractions of its largest, as fine as sums within 32 bits allow: 3,496ths of a vector
//! of 300. That is finer than the 8 bits of the recurrence by far, and costs half of what single
//! precision does.

mod products;

use self::products::{Weights, products};
use super::{GATES, padded, place, slope};
use crate::kernel::{exponential::ROUND, lanes::vectorised};

/// Numbers that are multiplied and added at once.
const PAIR: usize = 2;
/// Words that share a pass over the weights.
const TILE: usize = 4;
/// The largest weight.
const WEIGHT: i16 = 2047;
/// Numbers that become vector code together.
const LANES: usize = 16;

/// The input weights `(inputs, 4 * hidden)` of one direction, with its bias.
#[derive(Clone, Debug)]
pub struct InputWeights {
    weights: Weights,
    /// By block, gate, unit: what a sum of products stands for, of a word whose largest number is 1.
    scales: Vec<f32>,
    /// By block, gate, unit.
    bias: Vec<f32>,
    inputs: usize,
    /// The largest number of a word.
    largest: i16,
}

/// What a word adds to the sums of the gates of one direction, in 16 bits.
#[derive(Clone, Debug, PartialEq)]
pub struct Projection {
    /// By block, gate, unit.
    values: Box<[i16]>,
    /// What 1 stands for.
    scale: f32,
}

impl InputWeights {
    /// From weights row after row, gates in the order input, forget, candidate, output.
    ///
    /// # Panics
    /// If they are not four for each input and unit.
    #[must_use]
    pub fn new(input: &[f32], bias: &[f32], hidden: usize) -> Self {
        let columns = GATES * hidden;
        assert_eq!(bias.len(), columns, "a bias of {hidden} units");
        let inputs = input.len() / columns;
        assert_eq!(input.len(), inputs * columns, "input weights of {hidden} units");
        let sums_fit = i32::MAX / i32::from(WEIGHT) / inputs.next_multiple_of(PAIR).max(1) as i32;
        let largest = sums_fit.min(i32::from(i16::MAX)) as i16;
        let mut weights = Weights::new(inputs, GATES * padded(hidden));
        let mut scales = vec![0.0; GATES * padded(hidden)];
        let mut biases = vec![0.0; GATES * padded(hidden)];
        for (column, bias) in bias.iter().enumerate() {
            let (gate, unit) = (column / hidden, column % hidden);
            let own = input[column..].iter().step_by(columns);
            let most = own.clone().fold(f32::MIN_POSITIVE, |most, w| most.max(w.abs()));
            for (row, weight) in own.enumerate() {
                let weight = (weight / most * f32::from(WEIGHT)).round() as i16;
                weights.set(row, place(gate, unit), weight);
            }
            let fraction = f32::from(WEIGHT) * f32::from(largest);
            scales[place(gate, unit)] = most / fraction * slope(gate);
            biases[place(gate, unit)] = bias * slope(gate);
        }
        Self { weights, scales, bias: biases, inputs, largest }
    }

    /// What each of the words adds whose `vectors` follow each other. A word gets to the bit what
    /// it gets alone.
    ///
    /// # Panics
    /// If the last vector is not whole.
    #[must_use]
    pub fn project(&self, vectors: &[f32]) -> Vec<Projection> {
        assert!(vectors.len().is_multiple_of(self.inputs), "vectors of {}", self.inputs);
        let padded = self.inputs.next_multiple_of(PAIR);
        let mut numbers = vec![0_i16; TILE * padded];
        let mut sums = vec![0_i32; TILE * self.bias.len()];
        let mut projections = Vec::with_capacity(vectors.len() / self.inputs);
        for tile in vectors.chunks(TILE * self.inputs) {
            let mut scales = [0.0; TILE];
            let words = tile.chunks_exact(self.inputs).zip(numbers.chunks_exact_mut(padded));
            for ((vector, numbers), scale) in words.zip(&mut scales) {
                let most = greatest(vector);
                in_whole_numbers(vector, f32::from(self.largest) / most, numbers);
                *scale = most;
            }
            let words = tile.len() / self.inputs;
            let sums = &mut sums[..words * self.bias.len()];
            products(&self.weights, &numbers[..words * padded], sums);
            for (sums, &scale) in sums.chunks_exact(self.bias.len()).zip(&scales) {
                projections.push(self.projection(sums, scale));
            }
        }
        projections
    }

    /// Each value is kept to 1/32767 of the largest.
    fn projection(&self, sums: &[i32], scale: f32) -> Projection {
        let mut values = self.bias.clone();
        add_scaled(sums, &self.scales, scale, &mut values);
        let scale = greatest(&values) / f32::from(i16::MAX);
        let mut rounded = vec![0; values.len()];
        in_whole_numbers(&values, 1.0 / scale, &mut rounded);
        Projection { values: rounded.into(), scale }
    }
}

impl Projection {
    /// How many values it has.
    pub(super) const fn len(&self) -> usize {
        self.values.len()
    }

    /// Its values at `places`, and what 1 of them stands for.
    pub(super) fn of(&self, places: std::ops::Range<usize>) -> (&[i16], f32) {
        (&self.values[places], self.scale)
    }
}

vectorised! {
    /// `values += sums × scales × scale`, number by number.
    fn add_scaled(sums: &[i32], scales: &[f32], scale: f32, values: &mut [f32]) {
        let count = values.len();
        let (sums, scales) = (&sums[..count], &scales[..count]);
        for k in 0..count {
            values[k] += sums[k] as f32 * (scales[k] * scale);
        }
    }
}

vectorised! {
    /// `numbers` become `values` times `factor`, rounded; all must be within 16 bits.
    fn in_whole_numbers(values: &[f32], factor: f32, numbers: &mut [i16]) {
        let numbers = &mut numbers[..values.len()];
        for k in 0..values.len() {
            numbers[k] = (values[k] * factor + ROUND).to_bits() as i16;
        }
    }
}

/// The greatest absolute value, and more than 0.
fn greatest(values: &[f32]) -> f32 {
    let mut lanes = [f32::MIN_POSITIVE; LANES];
    let (whole, rest) = values.as_chunks::<LANES>();
    for values in whole {
        for lane in 0..LANES {
            lanes[lane] = lanes[lane].max(values[lane].abs());
        }
    }
    lanes.iter().chain(rest).fold(f32::MIN_POSITIVE, |most, value| most.max(value.abs()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const INPUTS: usize = 37;
    const HIDDEN: usize = 20;

    fn numbers(count: usize, seed: f32) -> Vec<f32> {
        (0..count).map(|k| ((k as f32 + seed) * 12.9898).sin()).collect()
    }

    #[test]
    fn it_is_the_matrix_product_to_a_thousandth_of_the_largest() {
        let (input, bias) = (numbers(INPUTS * GATES * HIDDEN, 1.0), numbers(GATES * HIDDEN, 2.0));
        let vector = numbers(INPUTS, 3.0);
        let weights = InputWeights::new(&input, &bias, HIDDEN);
        let projection = &weights.project(&vector)[0];
        for column in 0..GATES * HIDDEN {
            let (gate, unit) = (column / HIDDEN, column % HIDDEN);
            let own = input[column..].iter().step_by(GATES * HIDDEN);
            let exact = bias[column] + own.zip(&vector).map(|(w, x)| w * x).sum::<f32>();
            let place = place(gate, unit);
            let (values, scale) = projection.of(place..place + 1);
            let ours = f32::from(values[0]) * scale / slope(gate);
            assert!((ours - exact).abs() < 5e-3, "gate {gate}, unit {unit}: {ours}, not {exact}");
        }
    }

    #[test]
    fn a_word_alone_is_to_the_bit_what_it_is_among_others() {
        let (input, bias) = (numbers(INPUTS * GATES * HIDDEN, 1.0), numbers(GATES * HIDDEN, 2.0));
        let weights = InputWeights::new(&input, &bias, HIDDEN);
        let vectors = numbers(7 * INPUTS, 3.0);
        let together = weights.project(&vectors);
        assert_eq!(together.len(), 7);
        for (vector, projection) in vectors.chunks(INPUTS).zip(together) {
            assert_eq!(weights.project(vector), [projection]);
        }
    }

    #[test]
    fn the_largest_numbers_do_not_overflow() {
        let columns = GATES * HIDDEN;
        for inputs in [1, 300, 5000] {
            let weights =
                InputWeights::new(&vec![1.0; inputs * columns], &vec![0.0; columns], HIDDEN);
            let projection = &weights.project(&vec![-1.0; inputs])[0];
            let (values, scale) = projection.of(0..1);
            let (ours, exact) = (f32::from(values[0]) * scale / slope(0), -(inputs as f32));
            assert!((ours / exact - 1.0).abs() < 1e-3, "{inputs} inputs: {ours}, not {exact}");
        }
    }

    #[test]
    fn a_word_of_nothing_is_the_bias() {
        let bias = numbers(GATES * HIDDEN, 2.0);
        let weights = InputWeights::new(&numbers(INPUTS * GATES * HIDDEN, 1.0), &bias, HIDDEN);
        let projection = weights.project(&[0.0; INPUTS]).remove(0);
        let (values, scale) = projection.of(0..1);
        assert!((f32::from(values[0]) * scale / slope(0) - bias[0]).abs() < 1e-4);
    }
}
