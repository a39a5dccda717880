//! What is saved of a learner, and how it is put back.

use anyhow::{Context, Result, bail};
use sentiment::models::bert::{Network, Parameter, WORDS};

use super::numbers::Numbers;
use crate::{
    table::Table,
    tensors::{Array, Arrays},
};

pub(super) const FIRST: &str = "adamw.first.";
pub(super) const SECOND: &str = "adamw.second.";
const AVERAGE: &str = "average.";
/// How many steps the average of each row of the table has followed.
const STEPS: &str = "steps.";

/// Which of the numbers that there are of each weight.
#[derive(Clone, Copy)]
enum Kind {
    Weights,
    First,
    Second,
    Average,
}

impl Kind {
    const ALL: [Self; 4] = [Self::Weights, Self::First, Self::Second, Self::Average];

    const fn prefix(self) -> &'static str {
        match self {
            Self::Weights => "",
            Self::First => FIRST,
            Self::Second => SECOND,
            Self::Average => AVERAGE,
        }
    }
}

/// The weights, under the names that a bundle has them.
pub(super) fn weights(network: &Network, numbers: &Numbers, table: &Table) -> Arrays {
    arrays(network, numbers, table, &[Kind::Weights])
}

/// The weights, their averages and the optimiser's memory.
pub(super) fn state(network: &Network, numbers: &Numbers, table: &Table) -> Arrays {
    arrays(network, numbers, table, &Kind::ALL)
}

/// Puts back what [`weights`] gave; averages begin anew.
pub(super) fn set_weights(
    network: &Network,
    numbers: &mut Numbers,
    table: &mut Table,
    arrays: &mut Arrays,
) -> Result<()> {
    put(network, numbers, table, arrays, Kind::Weights)
}

/// Puts back what [`state`] gave.
pub(super) fn set_state(
    network: &Network,
    numbers: &mut Numbers,
    table: &mut Table,
    arrays: &mut Arrays,
) -> Result<()> {
    Kind::ALL.into_iter().try_for_each(|kind| put(network, numbers, table, arrays, kind))
}

fn arrays(network: &Network, numbers: &Numbers, table: &Table, kinds: &[Kind]) -> Arrays {
    let hidden = network.config().hidden;
    let mut arrays = Arrays::new();
    for kind in kinds {
        let prefix = kind.prefix();
        let (parameters, words) = match kind {
            Kind::Weights => (&numbers.weights, &table.values),
            Kind::First => (&numbers.first, &table.first),
            Kind::Second => (&numbers.second, &table.second),
            Kind::Average => match (&numbers.average, &table.average) {
                (Some(parameters), Some(words)) => {
                    arrays.insert(format!("{STEPS}{WORDS}"), words.steps_array());
                    (parameters, &words.values)
                }
                _ => continue,
            },
        };
        insert(&mut arrays, network.parameters(), parameters, prefix);
        let shape = vec![words.len() / hidden, hidden];
        arrays.insert(format!("{prefix}{WORDS}"), Array { shape, values: words.clone() });
    }
    arrays
}

fn put(
    network: &Network,
    numbers: &mut Numbers,
    table: &mut Table,
    arrays: &mut Arrays,
    kind: Kind,
) -> Result<()> {
    if matches!(kind, Kind::Average) && numbers.average.is_none() {
        return Ok(());
    }
    let prefix = kind.prefix();
    let parameters = remove(arrays, network.parameters(), prefix)?;
    let shape = [network.config().words, network.config().hidden];
    let words = take(arrays, &format!("{prefix}{WORDS}"), &shape)?;
    match kind {
        Kind::Weights => {
            numbers.average = numbers.average.as_ref().map(|_| parameters.clone());
            numbers.weights = parameters;
            table.set(words);
        }
        Kind::First => (numbers.first, table.first) = (parameters, words),
        Kind::Second => (numbers.second, table.second) = (parameters, words),
        Kind::Average => {
            numbers.average = Some(parameters);
            if let Some(average) = &mut table.average {
                average.values = words;
                average.set_steps(&take(arrays, &format!("{STEPS}{WORDS}"), &shape[..1])?);
            }
        }
    }
    Ok(())
}

/// Gives `values`, in which `parameters` lie one after the other, the parameters' names after
/// `prefix`.
pub(super) fn insert(
    arrays: &mut Arrays,
    parameters: &[Parameter],
    mut values: &[f32],
    prefix: &str,
) {
    for parameter in parameters {
        let (own, after) = values.split_at(parameter.count());
        values = after;
        let array = Array { shape: parameter.shape.clone(), values: own.to_vec() };
        arrays.insert(format!("{prefix}{}", parameter.name), array);
    }
}

/// Takes back what [`insert`] put there.
pub(super) fn remove(
    arrays: &mut Arrays,
    parameters: &[Parameter],
    prefix: &str,
) -> Result<Vec<f32>> {
    let mut values = Vec::new();
    for parameter in parameters {
        values.extend(take(arrays, &format!("{prefix}{}", parameter.name), &parameter.shape)?);
    }
    Ok(values)
}

fn take(arrays: &mut Arrays, name: &str, shape: &[usize]) -> Result<Vec<f32>> {
    let array = arrays.remove(name).with_context(|| format!("{name} is missing"))?;
    if array.shape != shape {
        bail!("{name} is {:?} where the network has {shape:?}", array.shape);
    }
    Ok(array.values)
}
