//! Forward and backward pass of some rows in candle's own operations.

use anyhow::{Context, Result};
use candle_core::{Tensor, Var, backprop::GradStore};
use sentiment::models::bert::{Masks, Network, PlainNetwork, Rows};

use crate::{
    bert::shard::vectors,
    table::Table,
    training::{Target, cross_entropy},
};

/// Rows on their way through a network.
pub struct Pass<'a> {
    pub network: &'a Network,
    /// The vectors of the words.
    pub table: &'a Table,
    pub rows: &'a Rows,
}

/// What a pass contributes to a step.
pub struct Gradient {
    /// Sum of the rows' losses.
    pub loss: f64,
    /// By all parameters, one after the other, on their device.
    pub by_parameters: Tensor,
    /// By the words' vectors, `(tokens, hidden)`.
    pub by_vectors: Vec<f32>,
}

impl Pass<'_> {
    /// The gradient of the mean loss of a batch of `batch_rows` rows, as far as these go.
    pub fn gradient(
        &self,
        variables: &[Var],
        targets: &[Target],
        batch_rows: usize,
        masks: &mut Masks<'_>,
    ) -> Result<Gradient> {
        let x = Var::from_tensor(&self.embedded(variables)?)?;
        let tensors = variables.iter().map(|variable| variable.as_tensor().clone()).collect();
        let logits =
            PlainNetwork::new(self.network, tensors).forward(&x, self.rows, &mut *masks)?;
        let loss = cross_entropy(&logits.flatten_all()?.to_vec1::<f32>()?, targets, batch_rows);
        let by_logits = Tensor::from_vec(loss.gradient, logits.shape(), logits.device())?;
        let gradients = logits.mul(&by_logits)?.sum_all()?.backward()?;
        Ok(Gradient {
            loss: loss.sum,
            by_parameters: flat(&gradients, variables)?,
            by_vectors: flat(&gradients, &[x])?.to_vec1()?,
        })
    }

    fn embedded(&self, variables: &[Var]) -> Result<Tensor> {
        let device = variables.first().context("a network has parameters")?.device();
        let shape = (self.rows.words.len(), self.table.dimension);
        Ok(Tensor::from_vec(vectors(self.table, self.rows), shape, device)?)
    }
}

/// The gradients by `variables`, one after the other. Without what they were made of: a sum that
/// they go into from step to step would keep every step's numbers.
pub fn flat(gradients: &GradStore, variables: &[Var]) -> Result<Tensor> {
    let of = |variable: &Var| -> Result<Tensor> {
        let gradient = gradients.get(variable).context("a variable has no part in the loss")?;
        Ok(gradient.flatten_all()?.detach())
    };
    let all = variables.iter().map(of).collect::<Result<Vec<_>>>()?;
    Ok(Tensor::cat(&all, 0)?)
}

/// The logits of the rows, `(rows, outputs)`, without noise.
pub fn logits(pass: &Pass<'_>, variables: &[Var]) -> Result<Vec<f32>> {
    let tensors = variables.iter().map(|variable| variable.as_tensor().detach()).collect();
    let x = pass.embedded(variables)?;
    let network = PlainNetwork::new(pass.network, tensors);
    Ok(network.forward(&x, pass.rows, &mut |_, _| Ok(None))?.flatten_all()?.to_vec1()?)
}

#[cfg(test)]
mod tests {
    use candle_core::{DType, Device};

    use super::*;

    #[test]
    fn a_gradient_does_not_keep_what_it_was_made_of() {
        let [x, weight] = [(2, 3), (3, 4)].map(|shape| Var::ones(shape, DType::F32, &Device::Cpu));
        let (x, weight) = (x.unwrap(), weight.unwrap());
        let product = (x.as_tensor() * 2.0).unwrap().matmul(&weight).unwrap();
        let gradients = product.sum_all().unwrap().backward().unwrap();
        // candle's own does: that of a factor is a product of the other, which was computed.
        assert!(gradients.get(&weight).unwrap().track_op());
        assert!(!flat(&gradients, &[weight]).unwrap().track_op());
    }
}
