//! What is saved of a learner, and how it is put back.

use anyhow::{Context, Result, bail};

use super::BiLstmLearner;
use crate::{
    table::Table,
    tensors::{Array, Arrays},
};

pub use sentiment::models::bilstm::EMBEDDING;

const FIRST: &str = "adamw.first.";
const SECOND: &str = "adamw.second.";
const AVERAGE: &str = "average.";
/// How many steps the average of each row of the table has followed.
const STEPS: &str = "steps.";

/// The weights, under the names that a bundle has them.
pub fn weights(learner: &BiLstmLearner) -> Result<Arrays> {
    let mut arrays = Arrays::new();
    for variable in &learner.variables {
        let values = variable.var.flatten_all()?.to_vec1::<f32>()?;
        arrays.insert(variable.name.clone(), Array { shape: variable.var.dims().to_vec(), values });
    }
    arrays.insert(EMBEDDING.to_owned(), table_array(&learner.table, &learner.table.values));
    Ok(arrays)
}

/// The weights, their averages and the optimiser's memory.
pub fn state(learner: &BiLstmLearner) -> Result<Arrays> {
    let mut arrays = weights(learner)?;
    for variable in &learner.variables {
        let shape = variable.var.dims();
        for (prefix, values) in [(FIRST, &variable.first), (SECOND, &variable.second)] {
            let array = Array { shape: shape.to_vec(), values: values.clone() };
            arrays.insert(format!("{prefix}{}", variable.name), array);
        }
        if let Some(average) = &variable.average {
            let array = Array { shape: shape.to_vec(), values: average.clone() };
            arrays.insert(format!("{AVERAGE}{}", variable.name), array);
        }
    }
    let table = &learner.table;
    arrays.insert(format!("{FIRST}{EMBEDDING}"), table_array(table, &table.first));
    arrays.insert(format!("{SECOND}{EMBEDDING}"), table_array(table, &table.second));
    if let Some(average) = &table.average {
        arrays.insert(format!("{AVERAGE}{EMBEDDING}"), table_array(table, &average.values));
        arrays.insert(format!("{STEPS}{EMBEDDING}"), average.steps_array());
    }
    Ok(arrays)
}

/// Puts back what [`weights`] gave, where averages begin anew; the optimiser's memory stays.
pub fn set_weights(learner: &mut BiLstmLearner, arrays: &mut Arrays) -> Result<()> {
    for variable in &mut learner.variables {
        let values = take(arrays, &variable.name, variable.var.dims())?;
        variable.set(values, variable.average.is_some())?;
    }
    learner.table.set(take(arrays, EMBEDDING, &table_shape(&learner.table))?);
    Ok(())
}

/// Puts back what [`state`] gave.
pub fn set_state(learner: &mut BiLstmLearner, arrays: &mut Arrays) -> Result<()> {
    set_weights(learner, arrays)?;
    for variable in &mut learner.variables {
        let shape = variable.var.dims();
        variable.first = take(arrays, &format!("{FIRST}{}", variable.name), shape)?;
        variable.second = take(arrays, &format!("{SECOND}{}", variable.name), shape)?;
        if let Some(average) = &mut variable.average {
            *average = take(arrays, &format!("{AVERAGE}{}", variable.name), shape)?;
        }
    }
    let shape = table_shape(&learner.table);
    learner.table.first = take(arrays, &format!("{FIRST}{EMBEDDING}"), &shape)?;
    learner.table.second = take(arrays, &format!("{SECOND}{EMBEDDING}"), &shape)?;
    if let Some(average) = &mut learner.table.average {
        average.values = take(arrays, &format!("{AVERAGE}{EMBEDDING}"), &shape)?;
        average.set_steps(&take(arrays, &format!("{STEPS}{EMBEDDING}"), &shape[..1])?);
    }
    Ok(())
}

fn table_array(table: &Table, values: &[f32]) -> Array {
    Array { shape: table_shape(table).to_vec(), values: values.to_vec() }
}

const fn table_shape(table: &Table) -> [usize; 2] {
    [table.values.len() / table.dimension, table.dimension]
}

fn take(arrays: &mut Arrays, name: &str, shape: &[usize]) -> Result<Vec<f32>> {
    let array = arrays.remove(name).with_context(|| format!("{name} is missing"))?;
    if array.shape != shape {
        bail!("{name} is {:?} where the network has {shape:?}", array.shape);
    }
    Ok(array.values)
}
