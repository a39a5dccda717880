//! One step of an LSTM in 8 bits, for serving: products in whole numbers, whose sum is the same
//! on every processor and in any batch, and the cell in single precision right behind them.
//!
//! Hidden states lie within -1 and 1 and are taken as 127ths; recurrent weights as 127ths of the
//! largest of their gate and unit. What a word adds to the gates is computed once
//! ([`Projection`]). Units come in blocks of [`BLOCK`] with the four gates of each beside each
//! other, so that a block's gates never leave the registers' neighbourhood.

mod cell;
mod products;
mod projection;

pub use self::projection::{InputWeights, Projection};
use self::{
    cell::{Units, cell},
    products::{Sums, products},
};

/// Units that are computed together; states are padded to a multiple of it.
const BLOCK: usize = 16;
/// Input, forget, candidate, output.
const GATES: usize = 4;
/// Numbers that a block has for each of its gates and units.
const BLOCK_GATES: usize = BLOCK * GATES;
/// The gate that `tanh` squashes; the others' logistic function is `(1 + tanh(x / 2)) / 2`.
const CANDIDATE: usize = 2;
/// Inputs whose products are added at once.
const GROUP: usize = 4;
/// Rows that share a pass over the weights.
const TILE: usize = 6;
/// A hidden state of 1 in 8 bits, and the largest weight.
const ONE: f32 = 127.0;

/// The recurrent weights `(hidden, 4 * hidden)` of one direction, in 8 bits.
#[derive(Clone, Debug)]
pub struct RecurrentWeights {
    /// By block of units, group of inputs, gate, unit of the block, input of the group.
    weights: Vec<i8>,
    /// By block, gate, unit: the sum of the weights, times -128; a processor that multiplies
    /// only numbers from 0 to 255 takes states as 128 more than they are.
    shifts: Vec<i32>,
    /// By block, gate, unit: what a sum of products stands for.
    scales: Vec<f32>,
    hidden: usize,
}

/// What rows carry from step to step in one direction, and the pools of what they have passed.
#[derive(Clone, Debug)]
pub struct States {
    cell: Vec<f32>,
    hidden: Vec<i8>,
    next_hidden: Vec<i8>,
    max: Vec<f32>,
    sum: Vec<f32>,
    /// Units of a row, with padding.
    units: usize,
    /// Rows that have not ended.
    running: usize,
}

impl RecurrentWeights {
    /// From the weights of `hidden` units, row after row, gates in the order input, forget,
    /// candidate, output.
    ///
    /// # Panics
    /// If they are not as many.
    #[must_use]
    pub fn new(recurrent: &[f32], hidden: usize) -> Self {
        let columns = GATES * hidden;
        assert_eq!(recurrent.len(), hidden * columns, "recurrent weights of {hidden} units");
        let units = padded(hidden);
        let mut weights = vec![0; units * GATES * units];
        let (mut shifts, mut scales) = (vec![0; GATES * units], vec![0.0; GATES * units]);
        for column in 0..columns {
            let (gate, unit) = (column / hidden, column % hidden);
            let own = recurrent[column..].iter().step_by(columns);
            let largest = own.clone().fold(f32::MIN_POSITIVE, |most, w| most.max(w.abs()));
            let mut sum = 0;
            for (input, weight) in own.enumerate() {
                let weight = (weight / largest * ONE).round() as i8;
                let group = unit / BLOCK * (units / GROUP) + input / GROUP;
                let within = (gate * BLOCK + unit % BLOCK) * GROUP + input % GROUP;
                weights[group * BLOCK_GATES * GROUP + within] = weight;
                sum += i32::from(weight);
            }
            shifts[place(gate, unit)] = -128 * sum;
            scales[place(gate, unit)] = largest / ONE / ONE * slope(gate);
        }
        Self { weights, shifts, scales, hidden }
    }

    /// One step of the first rows of `states`, as many as there are `words`, each the word that
    /// its row reads. The other rows have ended, and take no further step.
    ///
    /// # Panics
    /// If more rows than are still running take it, or sizes do not fit.
    pub fn step(&self, words: &[&Projection], states: &mut States) {
        let units = padded(self.hidden);
        assert_eq!(states.units, units, "states of the same network");
        assert!(words.iter().all(|word| word.len() == GATES * units), "and words");
        assert!(words.len() <= states.running, "{} of {} rows", words.len(), states.running);
        states.running = words.len();
        let mut sums: Sums = [[[0; BLOCK]; GATES]; TILE];
        for (tile, words) in words.chunks(TILE).enumerate() {
            let first = tile * TILE * units;
            let hidden = &states.hidden[first..first + words.len() * units];
            for block in 0..units / BLOCK {
                let gates = block * BLOCK_GATES..(block + 1) * BLOCK_GATES;
                let weights = gates.start * units..gates.end * units;
                products(&self.weights[weights], &self.shifts[gates.clone()], hidden, &mut sums);
                for ((row, word), sums) in words.iter().enumerate().zip(&sums) {
                    let start = first + row * units + block * BLOCK;
                    let own = start..start + BLOCK;
                    let block = Units {
                        cell: &mut states.cell[own.clone()],
                        hidden: &mut states.next_hidden[own.clone()],
                        max: &mut states.max[own.clone()],
                        sum: &mut states.sum[own],
                    };
                    cell(sums, &self.scales[gates.clone()], word.of(gates.clone()), block);
                }
            }
        }
        std::mem::swap(&mut states.hidden, &mut states.next_hidden);
    }
}

impl States {
    /// The states of `rows` rows of `hidden` units before their first step.
    #[must_use]
    pub fn new(rows: usize, hidden: usize) -> Self {
        let numbers = rows * padded(hidden);
        Self {
            cell: vec![0.0; numbers],
            hidden: vec![0; numbers],
            next_hidden: vec![0; numbers],
            max: vec![-1.0; numbers],
            sum: vec![0.0; numbers],
            units: padded(hidden),
            running: rows,
        }
    }

    /// The greatest and the sum of the hidden states that `row` has passed, of the first `hidden`
    /// units, which are all but the padding.
    ///
    /// # Panics
    /// If there are fewer rows or units.
    #[must_use]
    pub fn pooled(&self, row: usize, hidden: usize) -> (&[f32], &[f32]) {
        assert!(hidden <= self.units, "{hidden} of {} units", self.units);
        let start = row * self.units;
        let own = start..start + hidden;
        (&self.max[own.clone()], &self.sum[own])
    }
}

const fn padded(hidden: usize) -> usize {
    hidden.next_multiple_of(BLOCK)
}

/// Where the number of a gate and unit lies by block, gate and unit.
const fn place(gate: usize, unit: usize) -> usize {
    unit / BLOCK * BLOCK_GATES + gate * BLOCK + unit % BLOCK
}

/// What a gate's sum is multiplied by, so that all gates are a `tanh`.
const fn slope(gate: usize) -> f32 {
    if gate == CANDIDATE { 1.0 } else { 0.5 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::{CellState, cell_forward};

    const HIDDEN: usize = 20;

    /// Numbers that look random and are the same everywhere.
    fn numbers(count: usize, seed: f32, size: f32) -> Vec<f32> {
        (0..count).map(|k| ((k as f32 + seed) * 12.9898).sin() * size).collect()
    }

    fn words(count: usize) -> Vec<Vec<f32>> {
        (0..count).map(|word| numbers(GATES * HIDDEN, word as f32 * 7.7, 2.0)).collect()
    }

    /// Of a word that adds `gates`.
    fn projection(gates: &[f32]) -> Projection {
        InputWeights::new(gates, &[0.0; GATES * HIDDEN], HIDDEN).project(&[1.0]).remove(0)
    }

    /// The mean of the hidden states of a row of `words`, in single precision.
    fn exact(recurrent: &[f32], words: &[Vec<f32>]) -> Vec<f32> {
        let (mut cell, mut hidden) = (vec![0.0; HIDDEN], vec![0.0; HIDDEN]);
        let mut mean = [0.0; HIDDEN];
        for word in words {
            let mut gates = word.clone();
            for (state, row) in hidden.iter().zip(recurrent.chunks_exact(GATES * HIDDEN)) {
                gates.iter_mut().zip(row).for_each(|(sum, weight)| *sum += state * weight);
            }
            cell_forward(&mut gates, CellState { cell: &mut cell, hidden: &mut hidden });
            mean.iter_mut().zip(&hidden).for_each(|(sum, state)| *sum += state);
        }
        mean.iter().map(|sum| sum / words.len() as f32).collect()
    }

    fn stepped(weights: &RecurrentWeights, rows: &[&[Projection]]) -> States {
        let mut states = States::new(rows.len(), HIDDEN);
        for step in 0..rows[0].len() {
            let words: Vec<&Projection> = rows.iter().map(|row| &row[step]).collect();
            weights.step(&words, &mut states);
        }
        states
    }

    #[test]
    fn states_in_8_bits_are_nearly_those_in_single_precision() {
        let recurrent = numbers(HIDDEN * GATES * HIDDEN, 3.0, 0.4);
        let words = words(12);
        let projections: Vec<Projection> = words.iter().map(|word| projection(word)).collect();
        let states = stepped(&RecurrentWeights::new(&recurrent, HIDDEN), &[&projections]);
        let (_, sum) = states.pooled(0, HIDDEN);
        for (sum, exact) in sum.iter().zip(exact(&recurrent, &words)) {
            let mean = sum / 12.0;
            assert!((mean - exact).abs() < 5e-3, "{mean} is not {exact}");
        }
    }

    #[test]
    fn a_row_alone_is_to_the_bit_what_it_is_among_others() {
        let recurrent = numbers(HIDDEN * GATES * HIDDEN, 3.0, 0.4);
        let weights = RecurrentWeights::new(&recurrent, HIDDEN);
        let words: Vec<Projection> = words(40).iter().map(|word| projection(word)).collect();
        let rows: Vec<&[Projection]> = (0..9).map(|row| &words[row * 3..row * 3 + 12]).collect();
        let together = stepped(&weights, &rows);
        for (row, words) in rows.iter().enumerate() {
            let alone = stepped(&weights, &[words]);
            assert_eq!(alone.pooled(0, HIDDEN), together.pooled(row, HIDDEN));
        }
    }

    #[test]
    #[should_panic(expected = "2 of 1 rows")]
    fn a_row_that_has_ended_takes_no_step() {
        let weights = RecurrentWeights::new(&[0.0; HIDDEN * GATES * HIDDEN], HIDDEN);
        let word = projection(&[0.0; GATES * HIDDEN]);
        let mut states = States::new(2, HIDDEN);
        weights.step(&[&word], &mut states);
        weights.step(&[&word, &word], &mut states);
    }

    #[test]
    fn weights_and_words_of_nothing_give_states_of_nothing() {
        let weights = RecurrentWeights::new(&[0.0; HIDDEN * GATES * HIDDEN], HIDDEN);
        let word = [projection(&[0.0; GATES * HIDDEN])];
        let states = stepped(&weights, &[&word]);
        assert_eq!(states.pooled(0, HIDDEN), (&[0.0; HIDDEN][..], &[0.0; HIDDEN][..]));
    }
}
