//! One step of the gradient: a word, its context, and words that are not in it.

use sentiment::kernel::{Matrix, multiply};

use super::rows::SharedRows;

/// A thread's copy of the rows that a step touches.
pub struct Window {
    dimension: usize,
    inputs: Vec<f32>,
    outputs: Vec<f32>,
    scores: Vec<f32>,
}

impl Window {
    /// For vectors of `dimension` numbers.
    pub const fn new(dimension: usize) -> Self {
        Self { dimension, inputs: Vec::new(), outputs: Vec::new(), scores: Vec::new() }
    }

    /// Moves the input vectors of `context` towards the output vector of `targets[0]`, the word
    /// that stands among them, and away from those of the other targets; and these likewise.
    ///
    /// The loss is `-ln σ(i·o₀) - Σ ln σ(-i·oₖ)`, whose gradient by a score is `σ(score) - label`.
    pub fn step(
        &mut self,
        context: &[u32],
        targets: &[u32],
        rate: f32,
        inputs: &SharedRows,
        outputs: &SharedRows,
    ) {
        let (m, k, d) = (context.len(), targets.len(), self.dimension);
        load(inputs, context, d, &mut self.inputs);
        load(outputs, targets, d, &mut self.outputs);
        self.scores.clear();
        self.scores.resize(m * k, 0.0);
        let before = Matrix::new(&self.inputs, m, d);
        multiply(&mut self.scores, before, Matrix::new(&self.outputs, k, d).transposed());
        for (index, score) in self.scores.iter_mut().enumerate() {
            let label = if index % k == 0 { 1.0 } else { 0.0 };
            *score = rate * (label - 1.0 / (1.0 + (-*score).exp()));
        }
        let steps = Matrix::new(&self.scores, m, k);
        // Both sides move by the other's place before the step.
        let inputs_before = self.inputs.clone();
        multiply(&mut self.inputs, steps, Matrix::new(&self.outputs, k, d));
        multiply(&mut self.outputs, steps.transposed(), Matrix::new(&inputs_before, m, d));
        store(inputs, context, d, &self.inputs);
        store(outputs, targets, d, &self.outputs);
    }
}

fn load(rows: &SharedRows, words: &[u32], dimension: usize, into: &mut Vec<f32>) {
    into.resize(words.len() * dimension, 0.0);
    words
        .iter()
        .zip(into.chunks_exact_mut(dimension))
        .for_each(|(&word, row)| rows.load(word, row));
}

fn store(rows: &SharedRows, words: &[u32], dimension: usize, from: &[f32]) {
    words.iter().zip(from.chunks_exact(dimension)).for_each(|(&word, row)| rows.store(word, row));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_the_gradient_s() {
        let inputs = SharedRows::new(vec![0.5, -0.25, 9.0, 9.0], 2);
        let outputs = SharedRows::new(vec![1.0, 2.0, -1.0, 0.5], 2);
        Window::new(2).step(&[0], &[0, 1], 0.1, &inputs, &outputs);
        let sigma = |x: f32| 1.0 / (1.0 + (-x).exp());
        // Scores: 0.5 - 0.5 = 0 for the true word, -0.5 - 0.125 = -0.625 for the other.
        let (near, far) = (0.1 * (1.0 - sigma(0.0)), -0.1 * sigma(-0.625));
        let (inputs, outputs) = (inputs.into_vec(), outputs.into_vec());
        let close = |a: f32, b: f32| assert!((a - b).abs() < 1e-6, "{a} is not {b}");
        close(inputs[0], 0.5 + near - far);
        close(inputs[1], -0.25 + near * 2.0 + far * 0.5);
        close(outputs[0], 1.0 + near * 0.5);
        close(outputs[3], 0.5 + far * -0.25);
        assert_eq!(inputs[2..], [9.0, 9.0]);
    }
}
