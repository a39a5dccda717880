//! Named arrays in safetensors files, written so that a kill at any moment leaves the old file
//! or the new one.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
    fs::{self, File},
    io::Write,
    path::Path,
};

use anyhow::{Context, Result, bail};
use half::f16;
use safetensors::{Dtype, SafeTensors, View, tensor::Metadata};
use sentiment::models::{SCALES, numbers_of};

/// An array of 32-bit numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Array {
    /// Its size in each dimension.
    pub shape: Vec<usize>,
    /// Its numbers, the last dimension first.
    pub values: Vec<f32>,
}

/// Arrays by name.
pub type Arrays = BTreeMap<String, Array>;

/// How numbers are kept in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// Exactly as they are.
    Single,
    /// In 16 bits.
    Half,
}

struct Stored<'a>(&'a Array, Precision);

impl View for Stored<'_> {
    fn dtype(&self) -> Dtype {
        match self.1 {
            Precision::Single => Dtype::F32,
            Precision::Half => Dtype::F16,
        }
    }

    fn shape(&self) -> &[usize] {
        &self.0.shape
    }

    fn data(&self) -> Cow<'_, [u8]> {
        let values = self.0.values.iter();
        match self.1 {
            Precision::Single => values.flat_map(|value| value.to_le_bytes()).collect(),
            Precision::Half => {
                values.flat_map(|&value| f16::from_f32(value).to_le_bytes()).collect()
            }
        }
    }

    fn data_len(&self) -> usize {
        self.0.values.len() * if self.1 == Precision::Single { 4 } else { 2 }
    }
}

/// The bytes of a safetensors file with `arrays` and the text `note` about them.
///
/// # Errors
/// If an array's shape does not fit its numbers, or 16 bits cannot hold one of them.
pub fn to_bytes(arrays: &Arrays, note: &str, precision: Precision) -> Result<Vec<u8>> {
    if precision == Precision::Half {
        arrays.iter().try_for_each(|(name, array)| check_range(name, array))?;
    }
    let note = HashMap::from([("note".to_owned(), note.to_owned())]);
    let views = arrays.iter().map(|(name, array)| (name, Stored(array, precision)));
    Ok(safetensors::serialize(views, Some(note))?)
}

/// What has become infinite or no number would spread to all that is computed with it.
fn check_range(name: &str, array: &Array) -> Result<()> {
    let fits = |value: &f32| f16::from_f32(*value).is_finite();
    array.values.iter().find(|value| !fits(value)).map_or(Ok(()), |value| {
        bail!(
            "{name} holds {value}, and 16 bits only hold numbers within ±65504: train again with a lower train.learning_rate"
        )
    })
}

/// Writes `content` beside `path` first and moves it there when it is safely on the disk.
///
/// # Errors
/// If the folder cannot be written to.
pub fn write_atomically(path: &Path, content: &[u8]) -> Result<()> {
    let failed = || format!("{} cannot be written", path.display());
    let name = path.file_name().with_context(failed)?.to_string_lossy();
    let part = path.with_file_name(format!("{name}.part"));
    let mut file = File::create(&part).with_context(failed)?;
    file.write_all(content).with_context(failed)?;
    file.sync_all().with_context(failed)?;
    fs::rename(&part, path).with_context(failed)
}

/// The arrays of a file and the note about them.
///
/// # Errors
/// If it is not there, damaged, or holds other than 32-bit numbers.
pub fn read(path: &Path) -> Result<(Arrays, String)> {
    let bytes = fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
    from_bytes(&bytes).with_context(|| format!("{} is damaged", path.display()))
}

/// The note of a file alone.
///
/// # Errors
/// If it is not there or damaged.
pub fn read_note(path: &Path) -> Result<String> {
    let bytes = fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let (_, header) = SafeTensors::read_metadata(&bytes)
        .with_context(|| format!("{} is damaged", path.display()))?;
    Ok(note(&header))
}

fn note(header: &Metadata) -> String {
    header.metadata().as_ref().and_then(|map| map.get("note")).cloned().unwrap_or_default()
}

/// As [`read`], from the file's content; numbers of 16 and 8 bits are widened.
///
/// # Errors
/// If it is damaged, or holds other numbers.
pub fn from_bytes(bytes: &[u8]) -> Result<(Arrays, String)> {
    let (_, header) = SafeTensors::read_metadata(bytes)?;
    let mut arrays = Arrays::new();
    let tensors = SafeTensors::deserialize(bytes)?;
    for (name, view) in tensors.tensors() {
        if name.ends_with(SCALES) {
            continue;
        }
        let data = view.data();
        let values = match view.dtype() {
            Dtype::F32 => {
                data.as_chunks().0.iter().map(|&bytes| f32::from_le_bytes(bytes)).collect()
            }
            Dtype::F16 => {
                data.as_chunks().0.iter().map(|&bytes| f16::from_le_bytes(bytes).to_f32()).collect()
            }
            Dtype::I8 => numbers_of(&tensors, &name, view.shape())?.collect(),
            other => bail!("{name} holds {other:?} where F32, F16 or I8 is expected"),
        };
        arrays.insert(name, Array { shape: view.shape().to_vec(), values });
    }
    Ok((arrays, note(&header)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrays_and_note_come_back_bit_for_bit() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.safetensors");
        let values = vec![0.1, -f32::MIN_POSITIVE, 3e38, 0.0, 1.0 / 3.0, -7.5];
        let arrays = Arrays::from([("a.b".to_owned(), Array { shape: vec![2, 3], values })]);
        write_atomically(&path, &to_bytes(&arrays, "{\"step\": 3}", Precision::Single).unwrap())
            .unwrap();
        assert_eq!(read(&path).unwrap(), (arrays, "{\"step\": 3}".to_owned()));
    }

    #[test]
    fn what_16_bits_cannot_hold_is_refused() {
        for value in [f32::NAN, f32::NEG_INFINITY, 7e4] {
            let array = Array { shape: vec![2], values: vec![1.0, value] };
            let arrays = Arrays::from([("dense.bias".to_owned(), array)]);
            let error = to_bytes(&arrays, "", Precision::Half).unwrap_err();
            assert!(error.to_string().contains(&format!("dense.bias holds {value}")), "{error}");
            assert!(to_bytes(&arrays, "", Precision::Single).is_ok());
        }
    }

    #[test]
    fn half_precision_keeps_three_digits() {
        let arrays =
            Arrays::from([("a".to_owned(), Array { shape: vec![1], values: vec![0.333_333] })]);
        let (halved, _) = from_bytes(&to_bytes(&arrays, "", Precision::Half).unwrap()).unwrap();
        assert!((halved["a"].values[0] - 0.333_333).abs() < 2e-4);
    }
}
