//! Numbers out of a file of weights.

use half::f16;
use safetensors::{Dtype, SafeTensors, tensor::TensorView};

use crate::bundle::{BundleError, WEIGHTS};

/// What the scales of a tensor in 8 bits are called, behind its own name.
pub const SCALES: &str = ".scales";

/// One number that is none, or so large that sums of it become none, would spread to every verdict.
pub(super) fn check_numbers(tensors: &SafeTensors<'_>) -> Result<(), BundleError> {
    for (name, tensor) in tensors.tensors() {
        let most = if name.ends_with(SCALES) {
            f16::MAX.to_f32() / f32::from(i8::MAX)
        } else {
            f16::MAX.to_f32()
        };
        let is_bad = match tensor.dtype() {
            // Whole numbers of 8 bits are as large as their scales make them.
            Dtype::I8 => false,
            // All ones in the exponent; told by the bits, because a start waits for it.
            Dtype::F16 if !name.ends_with(SCALES) => {
                halves(&tensor).any(|number| number.to_bits() & 0x7c00 == 0x7c00)
            }
            _ => numbers(&tensor)?.any(|number| !(..=most).contains(&number.abs())),
        };
        if is_bad {
            let reason = format!("{name} holds numbers that no trained network has");
            return Err(unreadable(WEIGHTS, reason));
        }
    }
    Ok(())
}

/// The numbers of a tensor, in 16 or 32 bits.
pub(super) fn numbers<'a>(
    tensor: &TensorView<'a>,
) -> Result<Box<dyn Iterator<Item = f32> + 'a>, BundleError> {
    let bytes = tensor.data();
    match tensor.dtype() {
        Dtype::F16 => Ok(Box::new(halves(tensor).map(f16::to_f32))),
        Dtype::F32 => {
            Ok(Box::new(bytes.as_chunks().0.iter().map(|&bytes| f32::from_le_bytes(bytes))))
        }
        other => Err(unreadable(WEIGHTS, format!("numbers are {other:?}, not F16 or F32"))),
    }
}

/// The numbers of the tensor `name`, which must have this shape, in 16 bits.
pub(super) fn halves_of(
    tensors: &SafeTensors<'_>,
    name: &str,
    shape: &[usize],
) -> Result<Vec<f16>, BundleError> {
    let tensor = of_shape(tensors, name, shape)?;
    match tensor.dtype() {
        Dtype::F16 => Ok(halves(&tensor).collect()),
        _ => Ok(numbers_of(tensors, name, shape)?.map(f16::from_f32).collect()),
    }
}

/// The numbers of a tensor that has 16 bits for each.
fn halves<'a>(tensor: &TensorView<'a>) -> impl Iterator<Item = f16> + use<'a> {
    tensor.data().as_chunks().0.iter().map(|&bytes| f16::from_le_bytes(bytes))
}

/// The numbers of the tensor `name`, which must have this shape. In 8 bits they are whole and
/// stand for so many of its [`SCALES`], of which there is one for each block of a row,
/// `(rows, blocks)`, or one a column, `(1, columns)`.
///
/// # Errors
/// If there is no such tensor, it has another shape, or there are no scales for its numbers.
pub fn numbers_of<'a>(
    tensors: &SafeTensors<'a>,
    name: &str,
    shape: &[usize],
) -> Result<Box<dyn Iterator<Item = f32> + 'a>, BundleError> {
    let tensor = of_shape(tensors, name, shape)?;
    if tensor.dtype() != Dtype::I8 {
        return numbers(&tensor);
    }
    let &[rows, columns] = shape else {
        return Err(unreadable(WEIGHTS, format!("{name} in 8 bits has no rows and columns")));
    };
    let scales_name = format!("{name}{SCALES}");
    let found = tensors.tensor(&scales_name);
    let scales = found.map_err(|error| unreadable(WEIGHTS, error.to_string()))?;
    let (is_by_row, width) = match *scales.shape() {
        [all, blocks] if all == rows && blocks > 0 => (true, columns.div_ceil(blocks)),
        _ => (false, 1),
    };
    let blocks = columns.div_ceil(width);
    let wanted = [if is_by_row { rows } else { 1 }, blocks];
    if scales.shape() != wanted {
        let found = scales.shape();
        return Err(unreadable(
            WEIGHTS,
            format!("{scales_name} is {found:?} where {wanted:?} is wanted"),
        ));
    }
    let scales: Vec<f32> = numbers(&scales)?.collect();
    let codes = tensor.data().iter().enumerate();
    Ok(Box::new(codes.map(move |(place, code)| {
        let (row, block) = (place / columns, place % columns / width);
        f32::from(code.cast_signed()) * scales[if is_by_row { row * blocks + block } else { block }]
    })))
}

/// The tensor `name`, which must have this shape.
pub(super) fn of_shape<'a>(
    tensors: &SafeTensors<'a>,
    name: &str,
    shape: &[usize],
) -> Result<TensorView<'a>, BundleError> {
    let tensor = tensors.tensor(name).map_err(|error| unreadable(WEIGHTS, error.to_string()))?;
    if tensor.shape() != shape {
        let reason = format!("{name} is {:?} where {shape:?} is wanted", tensor.shape());
        return Err(unreadable(WEIGHTS, reason));
    }
    Ok(tensor)
}

/// That a file of a bundle says what cannot be.
pub(super) fn unreadable(file: &str, reason: String) -> BundleError {
    BundleError::Unreadable { file: file.to_owned(), reason }
}
