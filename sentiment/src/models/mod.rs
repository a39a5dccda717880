//! The model families and what they have in common.

#[cfg(not(target_arch = "wasm32"))]
pub mod bert;
pub mod bilstm;
mod by_language;
pub mod ensemble;
pub mod linear;
mod outputs;
mod tensors;

use domain::{Label, ModelId, Prediction, Reason};
use serde::Deserialize;

pub use by_language::{ByLanguage, Judged, NeverAsked};
pub use outputs::{Calibration, Outputs, Reading, trust};
pub use tensors::{SCALES, numbers_of};

use ensemble::Member;

use crate::bundle::{Bundle, BundleError, BundleFiles, CONFIG, Card};

/// A model that can be asked.
pub trait Model: Send + Sync {
    /// Its name and version.
    fn id(&self) -> &ModelId;

    /// The labels that it tells apart; the probability of any other is 0.
    fn labels(&self) -> &[Label];

    /// Where it comes from and what it reaches.
    fn card(&self) -> &Card;

    /// The verdicts on `texts`, in their order. A text gets the same verdict alone and among
    /// others (to 1e-5 in each probability).
    ///
    /// # Errors
    /// If the arithmetic fails, which no text alone can cause.
    fn predict(&self, texts: &[&str]) -> Result<Vec<Prediction>, ModelError>;

    /// For each text the probability of each reason in the order of [`Reason::ALL`], given that
    /// the text is a complaint; what is missing to 1 is that it has none of them. `None` from a
    /// model that knows no reasons.
    ///
    /// # Errors
    /// As [`Model::predict`].
    fn reasons(&self, texts: &[&str]) -> Result<Option<Vec<ReasonShares>>, ModelError> {
        let _ = texts;
        Ok(None)
    }
}

/// A probability for each of [`Reason::ALL`].
pub type ReasonShares = [f32; Reason::ALL.len()];

/// Why a model gave no verdict.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// A tensor operation failed.
    #[error("the model failed: {0}")]
    Tensor(#[from] candle_core::Error),
}

/// What `config.json` says whatever the family.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Outline {
    /// The family's name, such as `bilstm`.
    pub family: String,
    /// ISO 639-1 codes of the languages that the model was trained on.
    #[serde(default)]
    pub languages: Vec<String>,
}

/// A model with what its bundle says beside the weights.
pub struct Released {
    /// The model.
    pub model: Box<dyn Model>,
    /// ISO 639-1 codes of the languages that it was trained on.
    pub languages: Vec<String>,
    /// The size of all files that the manifest names, in bytes; of an ensemble, those of its
    /// members too.
    pub bytes: u64,
}

/// How a model computes what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arithmetic {
    /// As it is served: the family's fast path, in reduced precision where it has one.
    Fast,
    /// In single precision, by the network that was trained: what the fast path is held against. A
    /// family without another path computes as it is served.
    Plain,
}

/// The model in `files`, after every file has been verified against the manifest.
///
/// # Errors
/// If the bundle is damaged, incomplete, too new, or of a family that is not known here.
pub fn load(files: BundleFiles) -> Result<Box<dyn Model>, BundleError> {
    load_bundle(&Bundle::verify(files)?, Arithmetic::Fast)
}

/// The same in [`Arithmetic::Plain`].
///
/// # Errors
/// Those of [`load`].
pub fn load_plain(files: BundleFiles) -> Result<Box<dyn Model>, BundleError> {
    load_bundle(&Bundle::verify(files)?, Arithmetic::Plain)
}

/// The same, with what the bundle says beside the weights.
///
/// # Errors
/// Those of [`load`].
pub fn release(files: BundleFiles) -> Result<Released, BundleError> {
    let bundle = Bundle::verify(files)?;
    let Outline { languages, .. } = bundle.json(CONFIG)?;
    Ok(Released { model: load_bundle(&bundle, Arithmetic::Fast)?, languages, bytes: bundle.size() })
}

fn load_bundle(bundle: &Bundle, arithmetic: Arithmetic) -> Result<Box<dyn Model>, BundleError> {
    let Outline { family, .. } = bundle.json(CONFIG)?;
    match family.as_str() {
        ensemble::FAMILY => Ok(Box::new(ensemble::EnsembleModel::load(bundle, arithmetic)?)),
        _ => Ok(load_member(bundle, arithmetic)?),
    }
}

/// A model that stands alone, and may be a member of an ensemble.
fn load_member(bundle: &Bundle, arithmetic: Arithmetic) -> Result<Box<dyn Member>, BundleError> {
    let Outline { family, .. } = bundle.json(CONFIG)?;
    match family.as_str() {
        #[cfg(not(target_arch = "wasm32"))]
        bert::FAMILY => Ok(Box::new(bert::BertModel::load(bundle, arithmetic)?)),
        #[cfg(target_arch = "wasm32")]
        "bert" => Err(BundleError::OnServerAlone(family)),
        bilstm::FAMILY => Ok(Box::new(bilstm::BiLstmModel::load(bundle, arithmetic)?)),
        linear::FAMILY => Ok(Box::new(linear::LinearModel::load(bundle)?)),
        ensemble::FAMILY => Err(BundleError::NestedEnsemble),
        _ => Err(BundleError::UnknownFamily(family)),
    }
}
