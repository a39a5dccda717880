//! Forward and backward pass of one part of a batch, on one thread.

use anyhow::{Context, Result};
use candle_core::{Device, Tensor, Var};
use rand::Rng;
use sentiment::models::bilstm::BiLstm;

use super::noise::Noise;
use crate::{
    table::{RowGradients, Table},
    training::{Target, cross_entropy},
};

/// What a part of a batch is.
pub struct Part<'a> {
    /// The words of each row, at least one.
    pub rows: Vec<&'a [u32]>,
    /// What each row should become.
    pub targets: Vec<Target>,
    /// Rows of the whole batch.
    pub batch_rows: usize,
}

/// What a part contributes to a step.
pub struct PartGradient {
    /// Sum of its rows' losses.
    pub loss: f64,
    /// The gradient of each variable, in their order.
    pub dense: Vec<Vec<f32>>,
    /// The gradients of its words' vectors.
    pub words: RowGradients,
}

/// The gradient of the mean loss of the batch by everything trainable, as far as this part goes.
pub fn gradient(
    network: &BiLstm,
    variables: &[&Var],
    table: &Table,
    part: &Part<'_>,
    noise: &Noise,
    random: &mut impl Rng,
) -> Result<PartGradient> {
    let masks = Masks::draw(part, table.dimension, noise, random);
    let dropout = noise.dense(part.rows.len(), random)?;
    let lengths = lengths(&part.rows);
    let x = Var::from_tensor(&embed(table, &part.rows, Some(&masks))?)?;
    let logits = network.forward(&x, &lengths, Some(&dropout))?;

    let loss =
        cross_entropy(&logits.flatten_all()?.to_vec1::<f32>()?, &part.targets, part.batch_rows);
    let by_logits = Tensor::from_vec(loss.gradient, logits.shape(), &Device::Cpu)?;
    // The gradient of this sum is what flows back from the loss.
    let gradients = logits.mul(&by_logits)?.sum_all()?.backward()?;

    let dense = variables
        .iter()
        .map(|variable| {
            let gradient = gradients.get(variable).context("a variable has no part in the loss")?;
            Ok(gradient.flatten_all()?.to_vec1::<f32>()?)
        })
        .collect::<Result<_>>()?;
    let by_x = gradients
        .get(&x)
        .context("the words have no part in the loss")?
        .flatten_all()?
        .to_vec1::<f32>()?;
    Ok(PartGradient {
        loss: loss.sum,
        dense,
        words: by_words(&by_x, part, &masks, table.dimension),
    })
}

/// The logits of `rows`, `(rows, OUTPUTS)`, without noise.
pub fn logits(network: &BiLstm, table: &Table, rows: &[&[u32]]) -> Result<Vec<f32>> {
    let x = embed(table, rows, None)?;
    Ok(network.forward(&x, &lengths(rows), None)?.flatten_all()?.to_vec1()?)
}

/// Which words and dimensions of each row are blanked.
struct Masks {
    words: Vec<Vec<f32>>,
    dimensions: Vec<Vec<f32>>,
}

impl Masks {
    fn draw(part: &Part<'_>, dimension: usize, noise: &Noise, random: &mut impl Rng) -> Self {
        Self {
            words: part.rows.iter().map(|row| noise.words(row.len(), random)).collect(),
            dimensions: part.rows.iter().map(|_| noise.dimensions(dimension, random)).collect(),
        }
    }
}

fn lengths(rows: &[&[u32]]) -> Vec<usize> {
    rows.iter().map(|row| row.len()).collect()
}

/// `(rows, time, dimension)`, 0 after each row's end.
fn embed(table: &Table, rows: &[&[u32]], masks: Option<&Masks>) -> Result<Tensor> {
    let dimension = table.dimension;
    let time = rows.iter().map(|row| row.len()).max().unwrap_or(0);
    let mut x = vec![0.0_f32; rows.len() * time * dimension];
    for (index, (row, x)) in rows.iter().zip(x.chunks_exact_mut(time * dimension)).enumerate() {
        for (place, (&word, x)) in row.iter().zip(x.chunks_exact_mut(dimension)).enumerate() {
            let vector = table.row(word);
            match masks {
                None => x.copy_from_slice(vector),
                Some(masks) => {
                    let kept = masks.words[index][place];
                    let factors = vector.iter().zip(&masks.dimensions[index]);
                    x.iter_mut().zip(factors).for_each(|(x, (v, mask))| *x = v * mask * kept);
                }
            }
        }
    }
    Ok(Tensor::from_vec(x, (rows.len(), time, dimension), &Device::Cpu)?)
}

/// Gathers the gradient of `x` by word.
fn by_words(by_x: &[f32], part: &Part<'_>, masks: &Masks, dimension: usize) -> RowGradients {
    let time = part.rows.iter().map(|row| row.len()).max().unwrap_or(0);
    let mut words = RowGradients::new(dimension);
    for (index, (row, by_x)) in
        part.rows.iter().zip(by_x.chunks_exact(time * dimension)).enumerate()
    {
        for (place, (&word, by_x)) in row.iter().zip(by_x.chunks_exact(dimension)).enumerate() {
            let kept = masks.words[index][place];
            let factors = by_x.iter().zip(&masks.dimensions[index]);
            words
                .row(word)
                .iter_mut()
                .zip(factors)
                .for_each(|(sum, (g, mask))| *sum += g * mask * kept);
        }
    }
    words
}
