//! The recurrence of an LSTM as one operation, forward and backward.
//!
//! Step by step through autograd, each step costs a dozen tensors; here it is one matrix product
//! and one pass over the gates. Rows are taken longest first, so that at every step the rows still
//! running are a prefix and padding costs nothing.

use std::sync::{Arc, OnceLock};

use candle_core::{CpuStorage, CustomOp2, Error, Layout, Result, Shape, Tensor, bail};

use super::Direction;
use crate::kernel::{CellGradients, CellState, Matrix, cell_backward, cell_forward, multiply};

/// `(projected (batch, time, 4 * hidden), recurrent (hidden, 4 * hidden))` to the hidden states
/// `(batch, time, hidden)`. One instance serves one forward pass: it keeps what the backward
/// pass needs.
pub(super) struct Recurrence {
    lengths: Arc<[usize]>,
    direction: Direction,
    tape: OnceLock<Tape>,
}

/// The forward pass as the backward pass needs it. Steps follow each other, and within a step
/// the rows that are still running, in the order of `plan`.
struct Tape {
    gates: Vec<f32>,
    cells: Vec<f32>,
    hiddens: Vec<f32>,
}

/// Which row is where at each step.
struct Plan<'a> {
    lengths: &'a [usize],
    direction: Direction,
    /// The rows, longest first.
    order: Vec<usize>,
    time: usize,
}

impl Recurrence {
    pub(super) const fn new(lengths: Arc<[usize]>, direction: Direction) -> Self {
        Self { lengths, direction, tape: OnceLock::new() }
    }

    fn plan(&self, batch: usize, time: usize) -> Result<Plan<'_>> {
        if self.lengths.len() != batch || self.lengths.iter().any(|&length| length > time) {
            bail!("{batch} rows of {time} steps cannot have the lengths {:?}", self.lengths);
        }
        let mut order: Vec<usize> = (0..batch).collect();
        order.sort_by_key(|&row| std::cmp::Reverse(self.lengths[row]));
        Ok(Plan { lengths: &self.lengths, direction: self.direction, order, time })
    }
}

impl Plan<'_> {
    fn steps(&self) -> usize {
        self.order.first().map_or(0, |&row| self.lengths[row])
    }

    /// How many rows are still running at `step`.
    fn running(&self, step: usize) -> usize {
        self.order.partition_point(|&row| self.lengths[row] > step)
    }

    /// Where the `k`th running row's vector of this step begins in a `(batch, time)` array.
    fn place(&self, k: usize, step: usize) -> usize {
        let row = self.order[k];
        let t = match self.direction {
            Direction::Forward => step,
            Direction::Backward => self.lengths[row] - 1 - step,
        };
        row * self.time + t
    }
}

impl CustomOp2 for Recurrence {
    fn name(&self) -> &'static str {
        "lstm-recurrence"
    }

    fn cpu_fwd(
        &self,
        projected: &CpuStorage,
        projected_layout: &Layout,
        recurrent: &CpuStorage,
        recurrent_layout: &Layout,
    ) -> Result<(CpuStorage, Shape)> {
        let (batch, time, gates_size) = projected_layout.shape().dims3()?;
        let (size, gates_of_recurrent) = recurrent_layout.shape().dims2()?;
        if gates_size != 4 * size || gates_of_recurrent != 4 * size {
            bail!("{gates_size} projected gates do not fit recurrent weights of {size}");
        }
        let projected = contiguous(projected, projected_layout)?;
        let recurrent = contiguous(recurrent, recurrent_layout)?;
        let plan = self.plan(batch, time)?;
        let mut out = vec![0.0; batch * time * size];
        let tape = forward(&plan, projected, recurrent, size, &mut out);
        if self.tape.set(tape).is_err() {
            bail!("a recurrence runs once");
        }
        Ok((CpuStorage::F32(out), Shape::from((batch, time, size))))
    }

    fn bwd(
        &self,
        projected: &Tensor,
        recurrent: &Tensor,
        _hiddens: &Tensor,
        by_hiddens: &Tensor,
    ) -> Result<(Option<Tensor>, Option<Tensor>)> {
        let Some(tape) = self.tape.get() else { bail!("no forward pass before the backward pass") };
        let (batch, time, _) = projected.dims3()?;
        let size = recurrent.dim(0)?;
        let by_hiddens = by_hiddens.flatten_all()?.to_vec1::<f32>()?;
        let weights = recurrent.flatten_all()?.to_vec1::<f32>()?;
        let plan = self.plan(batch, time)?;
        let gradients = backward(&plan, tape, &weights, size, &by_hiddens);
        let device = projected.device();
        Ok((
            Some(Tensor::from_vec(gradients.projected, projected.shape(), device)?),
            Some(Tensor::from_vec(gradients.recurrent, recurrent.shape(), device)?),
        ))
    }
}

fn contiguous<'a>(storage: &'a CpuStorage, layout: &Layout) -> Result<&'a [f32]> {
    let (start, end) = layout
        .contiguous_offsets()
        .ok_or_else(|| Error::Msg("a recurrence needs contiguous tensors".to_owned()))?;
    Ok(&storage.as_slice::<f32>()?[start..end])
}

fn forward(
    plan: &Plan<'_>,
    projected: &[f32],
    recurrent: &[f32],
    size: usize,
    out: &mut [f32],
) -> Tape {
    let words: usize = plan.lengths.iter().sum();
    let mut tape = Tape {
        gates: vec![0.0; words * 4 * size],
        cells: vec![0.0; words * size],
        hiddens: vec![0.0; words * size],
    };
    let weights = Matrix::new(recurrent, size, 4 * size);
    let mut cell = vec![0.0; plan.order.len() * size];
    let mut start = 0;
    let mut start_before = 0;
    for step in 0..plan.steps() {
        let running = plan.running(step);
        let gates = &mut tape.gates[start * 4 * size..(start + running) * 4 * size];
        for (k, gates) in gates.chunks_exact_mut(4 * size).enumerate() {
            let from = plan.place(k, step) * 4 * size;
            gates.copy_from_slice(&projected[from..from + 4 * size]);
        }
        let (hiddens_before, hiddens) = tape.hiddens.split_at_mut(start * size);
        if step > 0 {
            let before = Matrix::new(&hiddens_before[start_before * size..], running, size);
            multiply(gates, before, weights);
        }
        for k in 0..running {
            let hidden = &mut hiddens[k * size..(k + 1) * size];
            let cell = &mut cell[k * size..(k + 1) * size];
            let gates = &mut gates[k * 4 * size..(k + 1) * 4 * size];
            cell_forward(gates, CellState { cell, hidden });
            let to = plan.place(k, step) * size;
            out[to..to + size].copy_from_slice(hidden);
        }
        let cells = &mut tape.cells[start * size..(start + running) * size];
        cells.copy_from_slice(&cell[..running * size]);
        start_before = start;
        start += running;
    }
    tape
}

struct Gradients {
    projected: Vec<f32>,
    recurrent: Vec<f32>,
}

fn backward(
    plan: &Plan<'_>,
    tape: &Tape,
    recurrent: &[f32],
    size: usize,
    by_hiddens: &[f32],
) -> Gradients {
    let batch = plan.order.len();
    let words: usize = plan.lengths.iter().sum();
    let mut projected = vec![0.0; batch * plan.time * 4 * size];
    let mut by_gates = vec![0.0; words * 4 * size];
    let mut hiddens_before = vec![0.0; words * size];
    // What flows back from the step after; rows that were not running there get nothing.
    let mut by_hidden = vec![0.0; batch * size];
    let mut by_cell = vec![0.0; batch * size];
    let no_cell = vec![0.0; size];
    let weights = Matrix::new(recurrent, size, 4 * size).transposed();

    let mut start = words;
    for step in (0..plan.steps()).rev() {
        let running = plan.running(step);
        start -= running;
        let start_before = if step > 0 { start - plan.running(step - 1) } else { start };
        for k in 0..running {
            let place = plan.place(k, step);
            let own = k * size..(k + 1) * size;
            let outside = &by_hiddens[place * size..(place + 1) * size];
            by_hidden[own.clone()].iter_mut().zip(outside).for_each(|(sum, g)| *sum += g);

            let here = (start + k) * size..(start + k + 1) * size;
            let before = (start_before + k) * size..(start_before + k + 1) * size;
            let gates = (start + k) * 4 * size..(start + k + 1) * 4 * size;
            let by_gates = &mut by_gates[gates.clone()];
            cell_backward(
                &tape.gates[gates],
                &tape.cells[here.clone()],
                if step > 0 { &tape.cells[before.clone()] } else { &no_cell },
                CellGradients { hidden: &by_hidden[own.clone()], cell: &mut by_cell[own] },
                by_gates,
            );
            projected[place * 4 * size..(place + 1) * 4 * size].copy_from_slice(by_gates);
            if step > 0 {
                hiddens_before[here].copy_from_slice(&tape.hiddens[before]);
            }
        }
        by_hidden[..running * size].fill(0.0);
        if step > 0 {
            let gates = &by_gates[start * 4 * size..(start + running) * 4 * size];
            multiply(&mut by_hidden, Matrix::new(gates, running, 4 * size), weights);
        }
    }
    let mut by_recurrent = vec![0.0; size * 4 * size];
    let hiddens_before = Matrix::new(&hiddens_before, words, size).transposed();
    multiply(&mut by_recurrent, hiddens_before, Matrix::new(&by_gates, words, 4 * size));
    Gradients { projected, recurrent: by_recurrent }
}
