//! The two safetensors files of a linear model.
//!
//! | file | tensor | type and shape | what |
//! |---|---|---|---|
//! | [`FEATURES`] | `counts` | U16 `(65536)` | how many features have this upper half of their name |
//! | | `lowers` | U16 `(features)` | the lower halves, in ascending order of names |
//! | | `rarities` | U8 `(features)` | inverse document frequency · 16 |
//! | [`WEIGHTS`] | `codes` | I8 `(features, labels)` | see [`Compact::codes`] |
//! | | `scales` | F32 `(labels)` | the largest weight of each label |
//! | | `cues` | F32 `(cues, labels)` | |
//! | | `bias` | F32 `(labels)` | |

use safetensors::{Dtype, SafeTensors, tensor::TensorView};

use super::{CUES, Compact, FeatureTable};
use crate::bundle::{BundleError, WEIGHTS};

/// The file of a linear bundle that says which features it knows.
pub const FEATURES: &str = "features.safetensors";

const COUNTS: &str = "counts";
const LOWERS: &str = "lowers";
const RARITIES: &str = "rarities";
const CODES: &str = "codes";
const SCALES: &str = "scales";
const CUE_WEIGHTS: &str = "cues";
const BIAS: &str = "bias";

/// A tensor as it is written.
type Part = (&'static str, Dtype, Vec<usize>, Vec<u8>);

impl FeatureTable {
    /// The content of [`FEATURES`].
    ///
    /// # Errors
    /// If it is too large for the format.
    pub fn to_bytes(&self) -> Result<Vec<u8>, BundleError> {
        let halves = |halves: &[u16]| halves.iter().flat_map(|half| half.to_le_bytes()).collect();
        let counts = self.counts();
        let parts = [
            (COUNTS, Dtype::U16, vec![counts.len()], halves(&counts)),
            (LOWERS, Dtype::U16, vec![self.len()], halves(self.lowers())),
            (RARITIES, Dtype::U8, vec![self.len()], self.rarities().to_vec()),
        ];
        written(FEATURES, &parts)
    }

    /// The table in the content of [`FEATURES`].
    ///
    /// # Errors
    /// If a tensor is missing, of another type or shape, or they are not those of a table.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, BundleError> {
        let file = Reader::new(FEATURES, bytes)?;
        let features = file.length(LOWERS)?;
        let halves = |bytes: &[u8]| {
            bytes.as_chunks().0.iter().map(|&bytes| u16::from_le_bytes(bytes)).collect()
        };
        let counts: Vec<u16> = halves(file.read(COUNTS, Dtype::U16, &[1 << 16])?);
        let lowers = halves(file.read(LOWERS, Dtype::U16, &[features])?);
        let rarities = file.read(RARITIES, Dtype::U8, &[features])?.to_vec();
        Self::from_parts(&counts, lowers, rarities).map_err(|reason| file.unreadable(reason))
    }
}

impl Compact {
    /// The content of [`WEIGHTS`].
    ///
    /// # Errors
    /// If the numbers of labels differ between its parts.
    pub fn to_bytes(&self) -> Result<Vec<u8>, BundleError> {
        let singles =
            |numbers: &[f32]| numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
        let labels = self.bias.len();
        let features = self.codes.len() / labels.max(1);
        let codes = self.codes.iter().map(|code| code.cast_unsigned()).collect();
        let parts = [
            (CODES, Dtype::I8, vec![features, labels], codes),
            (SCALES, Dtype::F32, vec![labels], singles(&self.scales)),
            (CUE_WEIGHTS, Dtype::F32, vec![CUES.len(), labels], singles(&self.cues)),
            (BIAS, Dtype::F32, vec![labels], singles(&self.bias)),
        ];
        written(WEIGHTS, &parts)
    }

    /// The weights in the content of [`WEIGHTS`], for so many features and labels.
    ///
    /// # Errors
    /// If a tensor is missing, of another type or shape, or holds what is no weight.
    pub fn from_bytes(bytes: &[u8], features: usize, labels: usize) -> Result<Self, BundleError> {
        let file = Reader::new(WEIGHTS, bytes)?;
        let codes = file.read(CODES, Dtype::I8, &[features, labels])?;
        Ok(Self {
            codes: codes.iter().map(|byte| byte.cast_signed()).collect(),
            scales: file.singles(SCALES, &[labels])?,
            cues: file.singles(CUE_WEIGHTS, &[CUES.len(), labels])?,
            bias: file.singles(BIAS, &[labels])?,
        })
    }
}

fn written(file: &str, parts: &[Part]) -> Result<Vec<u8>, BundleError> {
    let refused = |error: safetensors::SafeTensorError| unreadable(file, &error.to_string());
    let views = parts.iter().map(|(name, dtype, shape, bytes)| {
        Ok((*name, TensorView::new(*dtype, shape.clone(), bytes).map_err(refused)?))
    });
    let views: Vec<(&str, TensorView<'_>)> = views.collect::<Result<_, BundleError>>()?;
    safetensors::serialize(views, None).map_err(refused)
}

/// A file that is being read.
struct Reader<'a> {
    name: &'static str,
    tensors: SafeTensors<'a>,
}

impl<'a> Reader<'a> {
    fn new(name: &'static str, bytes: &'a [u8]) -> Result<Self, BundleError> {
        let tensors = SafeTensors::deserialize(bytes)
            .map_err(|error| unreadable(name, &error.to_string()))?;
        Ok(Self { name, tensors })
    }

    fn tensor(&self, name: &str) -> Result<TensorView<'a>, BundleError> {
        self.tensors.tensor(name).map_err(|error| self.unreadable(&error.to_string()))
    }

    /// The size of the first dimension.
    fn length(&self, name: &str) -> Result<usize, BundleError> {
        Ok(self.tensor(name)?.shape().first().copied().unwrap_or(0))
    }

    fn read(&self, name: &str, dtype: Dtype, shape: &[usize]) -> Result<&'a [u8], BundleError> {
        let tensor = self.tensor(name)?;
        if tensor.dtype() != dtype || tensor.shape() != shape {
            let (found, size) = (tensor.dtype(), tensor.shape());
            return Err(self.unreadable(&format!(
                "{name} is {found:?} {size:?} where {dtype:?} {shape:?} is expected"
            )));
        }
        Ok(tensor.data())
    }

    /// One number that is none would spread to every verdict.
    fn singles(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, BundleError> {
        let bytes = self.read(name, Dtype::F32, shape)?.as_chunks().0.iter();
        let numbers: Vec<f32> = bytes.map(|&bytes| f32::from_le_bytes(bytes)).collect();
        if numbers.iter().all(|number| number.is_finite()) {
            return Ok(numbers);
        }
        Err(self.unreadable(&format!("{name} holds numbers that are not finite")))
    }

    fn unreadable(&self, reason: &str) -> BundleError {
        unreadable(self.name, reason)
    }
}

fn unreadable(file: &str, reason: &str) -> BundleError {
    BundleError::Unreadable { file: file.to_owned(), reason: reason.to_owned() }
}
