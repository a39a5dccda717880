//! Forward and backward pass of one part of a batch in candle's own operations, on any device.

use anyhow::{Context, Result, bail};
use candle_core::{Device, Tensor, Var};
use rand::Rng;
use sentiment::{
    kernel::Dropout,
    models::bert::{Blanked, Network, Parameter, PlainNetwork, Rows},
};

use super::{
    Settings,
    shard::{Encoder, Part, PartGradient, Room, vectors},
};
use crate::{
    table::{RowGradients, Table},
    training::{Target, cross_entropy},
};

/// The first CUDA device.
///
/// # Errors
/// If there is none, or this program was built without CUDA.
pub fn cuda() -> Result<Device> {
    if !cfg!(feature = "cuda") {
        bail!(
            "this vigie-train knows no CUDA: build it with `cargo build --features=cuda`, or leave --device out"
        );
    }
    Device::new_cuda(0).context("there is no CUDA device, or its driver does not answer")
}

/// As [`super::shard::gradient`], on `device`.
pub fn gradient(
    device: &Device,
    encoder: Encoder<'_>,
    part: &Part<'_>,
    settings: &Settings,
    random: &mut impl Rng,
    room: &mut Room,
) -> Result<PartGradient> {
    let Encoder { network, weights, table } = encoder;
    let mut gradient = PartGradient { loss: 0.0, words: RowGradients::new(table.dimension) };
    for (rows, targets) in part.micro_batches(settings) {
        let variables = variables(network, weights, device)?;
        let x = Var::from_tensor(&embedded(table, &rows, device)?)?;
        let tensors = variables.iter().map(|variable| variable.as_tensor().clone()).collect();
        let mut masks = |what: Blanked, shape: &[usize]| {
            let rate = match what {
                Blanked::Numbers => settings.dropout,
                Blanked::Shares => settings.attention_dropout,
            };
            let dropout = Dropout::new(random.next_u32(), rate);
            let mut mask = vec![1.0; shape.iter().product()];
            dropout.apply(&mut mask);
            (!dropout.is_none()).then(|| Tensor::from_vec(mask, shape, device)).transpose()
        };
        let logits = PlainNetwork::new(network, tensors).forward(&x, &rows, &mut masks)?;
        let loss = loss(&logits, &targets, part.batch_rows)?;
        gradient.loss += loss.0;
        let gradients = logits.mul(&loss.1)?.sum_all()?.backward()?;
        let of = |variable: &Var| -> Result<Vec<f32>> {
            let gradient = gradients.get(variable).context("a variable has no part in the loss")?;
            Ok(gradient.flatten_all()?.to_vec1()?)
        };
        let mut start = 0;
        for variable in &variables {
            let own = of(variable)?;
            let sums = &mut room.gradient[start..start + own.len()];
            sums.iter_mut().zip(&own).for_each(|(sum, g)| *sum += g);
            start += own.len();
        }
        gradient.add_words(&rows, &of(&x)?);
    }
    Ok(gradient)
}

/// The logits of `rows` on `device`, `(rows, outputs)`.
pub fn logits(device: &Device, encoder: Encoder<'_>, rows: &Rows) -> Result<Vec<f32>> {
    let Encoder { network, weights, table } = encoder;
    let tensors = variables(network, weights, device)?;
    let tensors = tensors.iter().map(|variable| variable.as_tensor().detach()).collect();
    let x = embedded(table, rows, device)?;
    let logits = PlainNetwork::new(network, tensors).forward(&x, rows, &mut |_, _| Ok(None))?;
    Ok(logits.flatten_all()?.to_vec1()?)
}

/// The weights as tensors.
fn variables(network: &Network, weights: &[f32], device: &Device) -> Result<Vec<Var>> {
    let mut rest = weights;
    let variable = |parameter: &Parameter| {
        let (own, after) = rest.split_at(parameter.count());
        rest = after;
        Ok(Var::from_slice(own, parameter.shape.as_slice(), device)?)
    };
    network.parameters().iter().map(variable).collect()
}

fn embedded(table: &Table, rows: &Rows, device: &Device) -> Result<Tensor> {
    let shape = (rows.words.len(), table.dimension);
    Ok(Tensor::from_vec(vectors(table, rows), shape, device)?)
}

/// The sum of the rows' losses and the gradient by their logits.
fn loss(logits: &Tensor, targets: &[Target], batch_rows: usize) -> Result<(f64, Tensor)> {
    let loss = cross_entropy(&logits.flatten_all()?.to_vec1::<f32>()?, targets, batch_rows);
    Ok((loss.sum, Tensor::from_vec(loss.gradient, logits.shape(), logits.device())?))
}
