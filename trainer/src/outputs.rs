//! Between all outputs, which are trained together, and those that a bundle keeps: what no
//! source has taught is left out.

use anyhow::{Result, ensure};
use sentiment::models::Outputs;

use crate::{
    tensors::{Array, Arrays},
    training::{LABELS, OUTPUTS},
};

/// The layer of every network whose last dimension is its outputs.
const LAYER: &str = "output.";

/// Where the outputs that `outputs` names stand among all.
fn places(outputs: &Outputs) -> Vec<usize> {
    let none = (!outputs.reasons.is_empty()).then_some(OUTPUTS - 1);
    let labels = outputs.labels.iter().map(|&label| label as usize);
    labels
        .chain(outputs.reasons.iter().map(|&reason| LABELS + reason as usize))
        .chain(none)
        .collect()
}

/// `weights` with only the outputs that `outputs` names.
///
/// # Errors
/// If the last layer is not one of all outputs.
pub fn keep(weights: &Arrays, outputs: &Outputs) -> Result<Arrays> {
    let places = places(outputs);
    let mut kept = weights.clone();
    for (name, array) in kept.iter_mut().filter(|(name, _)| name.starts_with(LAYER)) {
        ensure!(array.shape.last() == Some(&OUTPUTS), "{name} is {:?}", array.shape);
        let rows = array.values.as_chunks::<OUTPUTS>().0;
        array.values = rows.iter().flat_map(|row| places.iter().map(|&k| row[k])).collect();
        array.shape.pop();
        array.shape.push(places.len());
    }
    Ok(kept)
}

/// The opposite: `kept` has the outputs that `outputs` names, the others come from `all`.
///
/// # Errors
/// If shapes do not fit.
pub fn restore(kept: &mut Arrays, outputs: &Outputs, all: &Arrays) -> Result<()> {
    let places = places(outputs);
    for (name, array) in kept.iter_mut().filter(|(name, _)| name.starts_with(LAYER)) {
        let fits = array.shape.last() == Some(&places.len());
        let full = all.get(name).filter(|full| full.shape.last() == Some(&OUTPUTS) && fits);
        let Some(Array { shape, values }) = full else {
            anyhow::bail!(
                "{name} is {:?}, which is no layer of {} outputs",
                array.shape,
                places.len()
            )
        };
        let mut values = values.clone();
        let rows = values.as_chunks_mut::<OUTPUTS>().0;
        for (row, from) in rows.iter_mut().zip(array.values.chunks_exact(places.len())) {
            places.iter().zip(from).for_each(|(&place, &value)| row[place] = value);
        }
        *array = Array { shape: shape.clone(), values };
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use domain::Label;

    use super::*;

    fn weights(first: f32) -> Arrays {
        let values = (0..2 * OUTPUTS).map(|k| first + k as f32).collect();
        Arrays::from([("output.weight".to_owned(), Array { shape: vec![2, OUTPUTS], values })])
    }

    #[test]
    fn what_is_kept_keeps_its_column() {
        let outputs = Outputs::of_labels(vec![Label::Negative, Label::Positive]);
        let kept = keep(&weights(0.0), &outputs).unwrap();
        assert_eq!(kept["output.weight"].shape, [2, 2]);
        assert_eq!(kept["output.weight"].values, [0.0, 2.0, 13.0, 15.0]);
    }

    #[test]
    fn what_was_kept_is_restored_among_the_others() {
        for outputs in [Outputs::all(), Outputs::of_labels(Label::ALL.to_vec())] {
            let mut kept = keep(&weights(100.0), &outputs).unwrap();
            restore(&mut kept, &outputs, &weights(0.0)).unwrap();
            let expected = |k: usize| {
                let is_kept = k % OUTPUTS < outputs.count();
                k as f32 + if is_kept { 100.0 } else { 0.0 }
            };
            let values = &kept["output.weight"].values;
            assert!(values.iter().enumerate().all(|(k, &value)| value == expected(k)));
        }
        assert!(restore(&mut weights(0.0), &Outputs::of_labels(vec![]), &weights(0.0)).is_err());
    }
}
