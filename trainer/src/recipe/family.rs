//! The model families, one of which a recipe names.

use anyhow::{Result, bail};
use sentiment::bundle::VOCABULARY;

use super::Recipe;
use crate::bilstm;

/// A family and its settings.
#[derive(Clone, Copy, Debug)]
pub enum Family<'a> {
    /// A bidirectional LSTM over word vectors.
    BiLstm(&'a bilstm::Settings),
}

impl Family<'_> {
    /// The file, in a run's folder and in a bundle, that says how text becomes ids.
    #[must_use]
    pub const fn words_file(&self) -> &'static str {
        match self {
            Self::BiLstm(_) => VOCABULARY,
        }
    }
}

impl Recipe {
    /// The family that it names.
    ///
    /// # Errors
    /// If it names none, or several.
    pub fn family(&self) -> Result<Family<'_>> {
        let named: Vec<Family<'_>> =
            [self.bilstm.as_ref().map(Family::BiLstm)].into_iter().flatten().collect();
        match named.as_slice() {
            [family] => Ok(*family),
            [] => bail!("it names no model family: add a section such as [bilstm]"),
            _ => bail!("it names several model families: keep one of their sections"),
        }
    }
}
