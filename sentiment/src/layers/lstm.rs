//! Long short-term memory over rows of different lengths.

use std::sync::Arc;

use candle_core::{Result, Tensor};
use candle_nn::VarBuilder;

use super::recurrence::Recurrence;

/// Which end of each row is read first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// From the first word.
    Forward,
    /// From the last word of the row's own length: padding is never read.
    Backward,
}

/// One direction of an LSTM:
/// `(i, f, g, o) = x_t W + h_{t-1} R + b`, then the cell of [`crate::kernel`].
///
/// W is `(inputs, 4 * hidden)`, R `(hidden, 4 * hidden)`, b `(4 * hidden)`, gates in the order
/// input, forget, candidate, output. The input projection of all steps is one matrix product;
/// the recurrence is one operation with a hand-written gradient.
#[derive(Clone, Debug)]
pub struct Lstm {
    input: Tensor,
    recurrent: Tensor,
    bias: Tensor,
    direction: Direction,
}

impl Lstm {
    /// Takes `input`, `recurrent` and `bias` from `vars`.
    ///
    /// # Errors
    /// If one is missing or of another shape.
    pub fn new(
        inputs: usize,
        hidden: usize,
        direction: Direction,
        vars: &VarBuilder<'_>,
    ) -> Result<Self> {
        Ok(Self {
            input: vars.get((inputs, 4 * hidden), "input")?,
            recurrent: vars.get((hidden, 4 * hidden), "recurrent")?,
            bias: vars.get(4 * hidden, "bias")?,
            direction,
        })
    }

    /// The hidden states `(batch, time, hidden)` for `x` `(batch, time, inputs)`; those from a
    /// row's length on are 0.
    ///
    /// # Errors
    /// If `lengths` has not one number from 0 to `time` for each row, or a shape does not fit.
    pub fn forward(&self, x: &Tensor, lengths: &Arc<[usize]>) -> Result<Tensor> {
        let (batch, time, inputs) = x.dims3()?;
        let projected = x.reshape((batch * time, inputs))?.matmul(&self.input)?;
        let projected = projected.broadcast_add(&self.bias)?.reshape((batch, time, ()))?;
        let recurrence = Recurrence::new(Arc::clone(lengths), self.direction);
        projected.apply_op2(&self.recurrent, recurrence)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use candle_core::{DType, Device, Var};

    use super::*;

    const BATCH: usize = 3;
    const TIME: usize = 5;
    const INPUTS: usize = 4;
    const HIDDEN: usize = 3;
    const LENGTHS: [usize; BATCH] = [3, 5, 1];

    /// Numbers that look random and are the same everywhere.
    fn numbers(count: usize, seed: f32) -> Vec<f32> {
        (0..count).map(|k| ((k as f32 + seed) * 12.9898).sin() * 0.8).collect()
    }

    fn variable(shape: &[usize], seed: f32) -> Var {
        let count = shape.iter().product();
        Var::from_vec(numbers(count, seed), shape, &Device::Cpu).unwrap()
    }

    struct Case {
        variables: HashMap<String, Tensor>,
        x: Var,
    }

    fn case() -> Case {
        let weights = [
            ("input", variable(&[INPUTS, 4 * HIDDEN], 1.0)),
            ("recurrent", variable(&[HIDDEN, 4 * HIDDEN], 2.0)),
            ("bias", variable(&[4 * HIDDEN], 3.0)),
        ];
        let variables =
            weights.into_iter().map(|(name, v)| (name.to_owned(), v.as_tensor().clone())).collect();
        Case { variables, x: variable(&[BATCH, TIME, INPUTS], 4.0) }
    }

    impl Case {
        fn states(&self, direction: Direction) -> Tensor {
            let vars = VarBuilder::from_tensors(self.variables.clone(), DType::F32, &Device::Cpu);
            let lstm = Lstm::new(INPUTS, HIDDEN, direction, &vars).unwrap();
            lstm.forward(&self.x, &LENGTHS.into()).unwrap()
        }

        /// A loss that weighs every state differently.
        fn loss(&self, direction: Direction) -> Tensor {
            let states = self.states(direction);
            let weights = numbers(states.elem_count(), 5.0);
            let weights = Tensor::from_vec(weights, states.shape(), &Device::Cpu).unwrap();
            states.mul(&weights).unwrap().sum_all().unwrap()
        }
    }

    #[test]
    fn states_are_those_of_plain_tensor_operations() {
        let case = case();
        for direction in [Direction::Forward, Direction::Backward] {
            let fused = case.states(direction).to_vec3::<f32>().unwrap();
            for (row, &length) in LENGTHS.iter().enumerate() {
                let plain = plain_states(&case, row, length, direction);
                for t in 0..TIME {
                    for k in 0..HIDDEN {
                        let expected = if t < length { plain[t][k] } else { 0.0 };
                        assert!(
                            (fused[row][t][k] - expected).abs() < 1e-5,
                            "{direction:?} {row} {t}"
                        );
                    }
                }
            }
        }
    }

    /// One row, step by step, in candle's own operations.
    fn plain_states(case: &Case, row: usize, length: usize, direction: Direction) -> Vec<Vec<f32>> {
        let [input, recurrent, bias] =
            ["input", "recurrent", "bias"].map(|name| &case.variables[name]);
        let mut hidden = Tensor::zeros((1, HIDDEN), DType::F32, &Device::Cpu).unwrap();
        let mut cell = hidden.clone();
        let mut states = vec![Vec::new(); length];
        for step in 0..length {
            let t = if direction == Direction::Forward { step } else { length - 1 - step };
            let x = case.x.narrow(0, row, 1).unwrap().narrow(1, t, 1).unwrap().squeeze(1).unwrap();
            let sums = (x.matmul(input).unwrap() + hidden.matmul(recurrent).unwrap()).unwrap();
            let gates = sums.broadcast_add(bias).unwrap().chunk(4, 1).unwrap();
            let sigmoid = |x: &Tensor| candle_nn::ops::sigmoid(x).unwrap();
            let fresh = (sigmoid(&gates[0]) * gates[2].tanh().unwrap()).unwrap();
            cell = ((sigmoid(&gates[1]) * cell).unwrap() + fresh).unwrap();
            hidden = (sigmoid(&gates[3]) * cell.tanh().unwrap()).unwrap();
            states[t] = hidden.squeeze(0).unwrap().to_vec1().unwrap();
        }
        states
    }

    #[test]
    fn gradients_are_those_of_finite_differences() {
        const STEP: f32 = 1e-2;
        let case = case();
        for direction in [Direction::Forward, Direction::Backward] {
            let gradients = case.loss(direction).backward().unwrap();
            let names = ["input", "recurrent", "bias", "x"];
            for name in names {
                let tensor = if name == "x" { case.x.as_tensor() } else { &case.variables[name] };
                let exact =
                    gradients.get(tensor).unwrap().flatten_all().unwrap().to_vec1::<f32>().unwrap();
                let values = tensor.flatten_all().unwrap().to_vec1::<f32>().unwrap();
                for (k, exact) in exact.iter().enumerate() {
                    let loss_at = |value: f32| {
                        let mut changed = values.clone();
                        changed[k] = value;
                        let changed =
                            Tensor::from_vec(changed, tensor.shape(), &Device::Cpu).unwrap();
                        case.with(name, changed).loss(direction).to_scalar::<f32>().unwrap()
                    };
                    let slope =
                        (loss_at(values[k] + STEP) - loss_at(values[k] - STEP)) / (2.0 * STEP);
                    assert!(
                        (slope - exact).abs() < 2e-3,
                        "{direction:?} {name}[{k}]: {exact} is not {slope}"
                    );
                }
            }
        }
    }

    impl Case {
        fn with(&self, name: &str, tensor: Tensor) -> Self {
            let mut variables = self.variables.clone();
            if name == "x" {
                return Self { variables, x: Var::from_tensor(&tensor).unwrap() };
            }
            variables.insert(name.to_owned(), tensor);
            Self { variables, x: self.x.clone() }
        }
    }

    #[test]
    fn a_length_beyond_the_padded_time_is_refused() {
        let case = case();
        let vars = VarBuilder::from_tensors(case.variables.clone(), DType::F32, &Device::Cpu);
        let lstm = Lstm::new(INPUTS, HIDDEN, Direction::Forward, &vars).unwrap();
        assert!(lstm.forward(&case.x, &[TIME + 1, 1, 1].into()).is_err());
        assert!(lstm.forward(&case.x, &[1, 1].into()).is_err());
    }
}
