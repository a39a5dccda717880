//! The element-wise half of an LSTM step, forward and backward.
//!
//! Gates come as `4 * hidden` numbers in the order input, forget, candidate (`g`), output:
//! `c' = σ(f)·c + σ(i)·tanh(g)`, `h' = σ(o)·tanh(c')` (Hochreiter and Schmidhuber 1997; Gers 2000).

use super::exponential::exp;

/// What one row carries from step to step; `hidden` numbers each.
pub struct CellState<'a> {
    /// The cell state, read and replaced.
    pub cell: &'a mut [f32],
    /// The hidden state, replaced.
    pub hidden: &'a mut [f32],
}

/// Gradients of the loss by what one row carries; `hidden` numbers each.
pub struct CellGradients<'a> {
    /// By the hidden state after the step.
    pub hidden: &'a [f32],
    /// By the cell state: after the step on entry, before it on return.
    pub cell: &'a mut [f32],
}

/// One step of one row: `gates` come as sums and leave as activations, which
/// [`cell_backward`] needs.
pub fn cell_forward(gates: &mut [f32], state: CellState<'_>) {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has just been asked whether it has AVX2.
        return unsafe { forward_avx2(gates, state) };
    }
    forward(gates, state);
}

/// The gradient of one step: `gates` are the activations that [`cell_forward`] left, `cell` and
/// `cell_before` the states after and before it; the gradient by the gates' sums goes to `out`.
pub fn cell_backward(
    gates: &[f32],
    cell: &[f32],
    cell_before: &[f32],
    gradients: CellGradients<'_>,
    out: &mut [f32],
) {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has just been asked whether it has AVX2.
        return unsafe { backward_avx2(gates, cell, cell_before, gradients, out) };
    }
    backward(gates, cell, cell_before, gradients, out);
}

/// [`forward`], compiled for wider vectors. No fused multiply-add: all processors agree to the bit.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn forward_avx2(gates: &mut [f32], state: CellState<'_>) {
    forward(gates, state);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn backward_avx2(
    gates: &[f32],
    cell: &[f32],
    cell_before: &[f32],
    gradients: CellGradients<'_>,
    out: &mut [f32],
) {
    backward(gates, cell, cell_before, gradients, out);
}

#[inline(always)]
fn forward(gates: &mut [f32], state: CellState<'_>) {
    let size = state.cell.len();
    let (input, rest) = gates.split_at_mut(size);
    let (forget, rest) = rest.split_at_mut(size);
    let (candidate, output) = rest.split_at_mut(size);
    let (output, hidden) = (&mut output[..size], &mut state.hidden[..size]);
    for k in 0..size {
        input[k] = sigmoid(input[k]);
        forget[k] = sigmoid(forget[k]);
        candidate[k] = tanh(candidate[k]);
        output[k] = sigmoid(output[k]);
        state.cell[k] = forget[k] * state.cell[k] + input[k] * candidate[k];
        hidden[k] = output[k] * tanh(state.cell[k]);
    }
}

#[inline(always)]
fn backward(
    gates: &[f32],
    cell: &[f32],
    cell_before: &[f32],
    gradients: CellGradients<'_>,
    out: &mut [f32],
) {
    let size = cell.len();
    let (input, rest) = gates.split_at(size);
    let (forget, rest) = rest.split_at(size);
    let (candidate, output) = rest.split_at(size);
    let (out_input, rest) = out.split_at_mut(size);
    let (out_forget, rest) = rest.split_at_mut(size);
    let (out_candidate, out_output) = rest.split_at_mut(size);
    let (output, out_output) = (&output[..size], &mut out_output[..size]);
    let (cell_before, by_hidden) = (&cell_before[..size], &gradients.hidden[..size]);
    let by_cell = &mut gradients.cell[..size];
    for k in 0..size {
        let squashed = tanh(cell[k]);
        let by_c = by_cell[k] + by_hidden[k] * output[k] * (1.0 - squashed * squashed);
        out_output[k] = by_hidden[k] * squashed * output[k] * (1.0 - output[k]);
        out_input[k] = by_c * candidate[k] * input[k] * (1.0 - input[k]);
        out_forget[k] = by_c * cell_before[k] * forget[k] * (1.0 - forget[k]);
        out_candidate[k] = by_c * input[k] * (1.0 - candidate[k] * candidate[k]);
        by_cell[k] = by_c * forget[k];
    }
}

#[inline(always)]
fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + exp(-x))
}

#[inline(always)]
fn tanh(x: f32) -> f32 {
    1.0 - 2.0 / (1.0 + exp(2.0 * x))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn huge_sums_saturate_and_never_become_nan() {
        for x in [-1e30, -1e3, 1e3, 1e30, f32::INFINITY, f32::NEG_INFINITY] {
            let limit = if x > 0.0 { 1.0 } else { 0.0 };
            assert!((sigmoid(x) - limit).abs() < 1e-6);
            assert!((tanh(x) - (2.0 * limit - 1.0)).abs() < 1e-6);
        }
    }

    #[test]
    fn one_step_is_the_textbook_s() {
        let (mut cell, mut hidden) = ([0.5_f32], [0.0_f32]);
        let mut gates = [0.3, -0.2, 0.7, 0.1];
        cell_forward(&mut gates, CellState { cell: &mut cell, hidden: &mut hidden });
        let s = |x: f64| 1.0 / (1.0 + (-x).exp());
        let c = s(-0.2) * 0.5 + s(0.3) * 0.7_f64.tanh();
        assert!((f64::from(cell[0]) - c).abs() < 1e-6);
        assert!((f64::from(hidden[0]) - s(0.1) * c.tanh()).abs() < 1e-6);
    }
}
