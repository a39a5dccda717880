//! What is saved of a learner, and how it is put back.

use anyhow::{Context, Result, bail};
use candle_core::{Device, Tensor};

use super::Learner;
use crate::tensors::{Array, Arrays};

/// The embedding table's name in a bundle.
pub const EMBEDDING: &str = "embedding.weight";

const FIRST: &str = "adamw.first.";
const SECOND: &str = "adamw.second.";

impl Learner {
    /// The weights, under the names that a bundle has them.
    ///
    /// # Errors
    /// If a tensor cannot be read.
    pub fn weights(&self) -> Result<Arrays> {
        let mut arrays = Arrays::new();
        for variable in &self.variables {
            let values = variable.var.flatten_all()?.to_vec1::<f32>()?;
            arrays.insert(
                variable.name.clone(),
                Array { shape: variable.var.dims().to_vec(), values },
            );
        }
        arrays.insert(EMBEDDING.to_owned(), self.table_array(&self.table.values));
        Ok(arrays)
    }

    /// The weights and the optimiser's memory.
    ///
    /// # Errors
    /// If a tensor cannot be read.
    pub fn state(&self) -> Result<Arrays> {
        let mut arrays = self.weights()?;
        for variable in &self.variables {
            let shape = variable.var.dims();
            for (prefix, values) in [(FIRST, &variable.first), (SECOND, &variable.second)] {
                let array = Array { shape: shape.to_vec(), values: values.clone() };
                arrays.insert(format!("{prefix}{}", variable.name), array);
            }
        }
        arrays.insert(format!("{FIRST}{EMBEDDING}"), self.table_array(&self.table.first));
        arrays.insert(format!("{SECOND}{EMBEDDING}"), self.table_array(&self.table.second));
        Ok(arrays)
    }

    /// Puts back what [`Learner::weights`] gave; the optimiser's memory stays.
    ///
    /// # Errors
    /// If an array is missing or of another shape.
    pub fn set_weights(&mut self, arrays: &mut Arrays) -> Result<()> {
        for variable in &self.variables {
            let values = take(arrays, &variable.name, variable.var.dims())?;
            variable.var.set(&Tensor::from_vec(values, variable.var.shape(), &Device::Cpu)?)?;
        }
        self.table.values = self.take_table(arrays, EMBEDDING)?;
        Ok(())
    }

    /// Puts back what [`Learner::state`] gave.
    ///
    /// # Errors
    /// If an array is missing or of another shape.
    pub fn set_state(&mut self, arrays: &mut Arrays) -> Result<()> {
        self.set_weights(arrays)?;
        for variable in &mut self.variables {
            variable.first =
                take(arrays, &format!("{FIRST}{}", variable.name), variable.var.dims())?;
            variable.second =
                take(arrays, &format!("{SECOND}{}", variable.name), variable.var.dims())?;
        }
        self.table.first = self.take_table(arrays, &format!("{FIRST}{EMBEDDING}"))?;
        self.table.second = self.take_table(arrays, &format!("{SECOND}{EMBEDDING}"))?;
        Ok(())
    }

    fn table_array(&self, values: &[f32]) -> Array {
        Array { shape: self.table_shape().to_vec(), values: values.to_vec() }
    }

    fn take_table(&self, arrays: &mut Arrays, name: &str) -> Result<Vec<f32>> {
        take(arrays, name, &self.table_shape())
    }

    const fn table_shape(&self) -> [usize; 2] {
        let dimension = self.table.dimension;
        [self.table.values.len() / dimension, dimension]
    }
}

fn take(arrays: &mut Arrays, name: &str, shape: &[usize]) -> Result<Vec<f32>> {
    let array = arrays.remove(name).with_context(|| format!("{name} is missing"))?;
    if array.shape != shape {
        bail!("{name} is {:?} where the network has {shape:?}", array.shape);
    }
    Ok(array.values)
}
