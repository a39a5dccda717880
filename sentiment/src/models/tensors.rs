//! Numbers out of a file of weights.

use half::f16;
use safetensors::{Dtype, SafeTensors, tensor::TensorView};

use crate::bundle::{BundleError, WEIGHTS};

/// One number that is none, or so large that sums of it become none, would spread to every verdict.
pub(super) fn check_numbers(tensors: &SafeTensors<'_>) -> Result<(), BundleError> {
    for (name, tensor) in tensors.tensors() {
        let is_bad = match tensor.dtype() {
            // All ones in the exponent; told by the bits, because a start waits for it.
            Dtype::F16 => halves(&tensor).any(|number| number.to_bits() & 0x7c00 == 0x7c00),
            _ => numbers(&tensor)?.any(|number| !(..=f16::MAX.to_f32()).contains(&number.abs())),
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
    tensor: &'a TensorView<'_>,
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

/// The numbers of a tensor, in 16 bits.
pub(super) fn halves_of(tensor: &TensorView<'_>) -> Result<Vec<f16>, BundleError> {
    match tensor.dtype() {
        Dtype::F16 => Ok(halves(tensor).collect()),
        _ => Ok(numbers(tensor)?.map(f16::from_f32).collect()),
    }
}

/// The numbers of a tensor that has 16 bits for each.
fn halves<'a>(tensor: &'a TensorView<'_>) -> impl Iterator<Item = f16> + 'a {
    tensor.data().as_chunks().0.iter().map(|&bytes| f16::from_le_bytes(bytes))
}

/// The tensor `name`, which must have this shape.
pub(super) fn of_shape<'a>(
    tensors: &'a SafeTensors<'_>,
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
