//! What is saved of a learner, and how it is put back.

use anyhow::{Context, Result, bail};
use sentiment::models::bert::WORDS;

use super::BertLearner;
use crate::tensors::{Array, Arrays};

const FIRST: &str = "adamw.first.";
const SECOND: &str = "adamw.second.";
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
pub(super) fn weights(learner: &BertLearner) -> Arrays {
    arrays(learner, &[Kind::Weights])
}

/// The weights, their averages and the optimiser's memory.
pub(super) fn state(learner: &BertLearner) -> Arrays {
    arrays(learner, &Kind::ALL)
}

/// Puts back what [`weights`] gave; averages begin anew.
pub(super) fn set_weights(learner: &mut BertLearner, arrays: &mut Arrays) -> Result<()> {
    put(learner, arrays, Kind::Weights)
}

/// Puts back what [`state`] gave.
pub(super) fn set_state(learner: &mut BertLearner, arrays: &mut Arrays) -> Result<()> {
    Kind::ALL.into_iter().try_for_each(|kind| put(learner, arrays, kind))
}

fn arrays(learner: &BertLearner, kinds: &[Kind]) -> Arrays {
    let hidden = learner.network.config().hidden;
    let mut arrays = Arrays::new();
    for kind in kinds {
        let prefix = kind.prefix();
        let (parameters, words) = match kind {
            Kind::Weights => (&learner.weights, &learner.table.values),
            Kind::First => (&learner.first, &learner.table.first),
            Kind::Second => (&learner.second, &learner.table.second),
            Kind::Average => match (&learner.average, &learner.table.average) {
                (Some(parameters), Some(words)) => {
                    arrays.insert(format!("{STEPS}{WORDS}"), words.steps_array());
                    (parameters, &words.values)
                }
                _ => continue,
            },
        };
        let mut start = 0;
        for parameter in learner.network.parameters() {
            let values = parameters[start..start + parameter.count()].to_vec();
            start += values.len();
            let array = Array { shape: parameter.shape.clone(), values };
            arrays.insert(format!("{prefix}{}", parameter.name), array);
        }
        let shape = vec![words.len() / hidden, hidden];
        arrays.insert(format!("{prefix}{WORDS}"), Array { shape, values: words.clone() });
    }
    arrays
}

fn put(learner: &mut BertLearner, arrays: &mut Arrays, kind: Kind) -> Result<()> {
    if matches!(kind, Kind::Average) && learner.average.is_none() {
        return Ok(());
    }
    let prefix = kind.prefix();
    let mut parameters = Vec::with_capacity(learner.network.count());
    for parameter in learner.network.parameters() {
        let name = format!("{prefix}{}", parameter.name);
        parameters.extend(take(arrays, &name, &parameter.shape)?);
    }
    let shape = [learner.network.config().words, learner.network.config().hidden];
    let words = take(arrays, &format!("{prefix}{WORDS}"), &shape)?;
    match kind {
        Kind::Weights => {
            learner.average = learner.average.as_ref().map(|_| parameters.clone());
            learner.weights = parameters;
            learner.table.set(words);
        }
        Kind::First => (learner.first, learner.table.first) = (parameters, words),
        Kind::Second => (learner.second, learner.table.second) = (parameters, words),
        Kind::Average => {
            learner.average = Some(parameters);
            if let Some(average) = &mut learner.table.average {
                average.values = words;
                average.set_steps(&take(arrays, &format!("{STEPS}{WORDS}"), &shape[..1])?);
            }
        }
    }
    Ok(())
}

fn take(arrays: &mut Arrays, name: &str, shape: &[usize]) -> Result<Vec<f32>> {
    let array = arrays.remove(name).with_context(|| format!("{name} is missing"))?;
    if array.shape != shape {
        bail!("{name} is {:?} where the network has {shape:?}", array.shape);
    }
    Ok(array.values)
}
