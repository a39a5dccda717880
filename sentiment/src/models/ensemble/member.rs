//! What an ensemble asks of its members.

use super::Opinion;
use crate::models::{Model, ModelError, Outputs};

/// A model that can be part of an ensemble: every one but an ensemble.
pub trait Member: Model {
    /// What it tells apart.
    fn outputs(&self) -> &Outputs;

    /// What it makes of `texts`, in their order: labels and reasons of one reading.
    ///
    /// # Errors
    /// As [`Model::predict`].
    fn opinions(&self, texts: &[&str]) -> Result<Vec<Opinion>, ModelError>;
}
