//! Matrices in 8 bits, as a bundle keeps them.

use anyhow::Result;
use half::f16;
use safetensors::{Dtype, tensor::TensorView};
use sentiment::models::SCALES;

use crate::tensors::Array;

/// The largest whole number that a weight becomes.
const ONE: f32 = 127.0;

/// A tensor as it is written.
pub type Part = (String, Dtype, Vec<usize>, Vec<u8>);

/// What shares a scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scales {
    /// So many numbers of a row, one after the other.
    InRows(usize),
    /// A column.
    OfColumns,
}

/// A matrix in 8 bits, and its scales.
#[must_use]
pub fn small(name: &str, matrix: &Array, scales: Scales) -> [Part; 2] {
    let [rows, columns] = [matrix.shape[0], matrix.shape[1]];
    let (shape, block) = match scales {
        Scales::InRows(width) => ([rows, columns.div_ceil(width)], columns.min(width)),
        Scales::OfColumns => ([1, columns], 1),
    };
    let scale_of = |place: usize| match scales {
        Scales::InRows(_) => place / columns * shape[1] + place % columns / block,
        Scales::OfColumns => place % columns,
    };
    let mut largest = vec![f32::MIN_POSITIVE; shape[0] * shape[1]];
    for (place, value) in matrix.values.iter().enumerate() {
        let largest = &mut largest[scale_of(place)];
        *largest = largest.max(value.abs());
    }
    let codes = matrix.values.iter().enumerate().map(|(place, value)| {
        let whole = value / largest[scale_of(place)] * ONE;
        (whole.round() as i8).cast_unsigned()
    });
    let bytes = largest.iter().flat_map(|largest| (largest / ONE).to_le_bytes()).collect();
    [
        (name.to_owned(), Dtype::I8, matrix.shape.clone(), codes.collect()),
        (format!("{name}{SCALES}"), Dtype::F32, shape.to_vec(), bytes),
    ]
}

/// An array in 16 bits.
#[must_use]
pub fn halves(name: &str, array: &Array) -> Part {
    let bytes = array.values.iter().flat_map(|&value| f16::from_f32(value).to_le_bytes());
    (name.to_owned(), Dtype::F16, array.shape.clone(), bytes.collect())
}

/// A safetensors file of `parts`.
///
/// # Errors
/// If a part's shape does not fit its bytes.
pub fn to_bytes(parts: &[Part]) -> Result<Vec<u8>> {
    let views = parts.iter().map(|(name, dtype, shape, bytes)| {
        Ok((name, TensorView::new(*dtype, shape.clone(), bytes)?))
    });
    Ok(safetensors::serialize(views.collect::<Result<Vec<_>>>()?, None)?)
}
