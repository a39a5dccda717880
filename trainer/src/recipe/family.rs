//! The model families, one of which a recipe names.

use anyhow::{Result, bail};
use sentiment::bundle::{TOKENIZER, VOCABULARY};

use super::Recipe;
use crate::{bert, bilstm, linear};

/// A family and its settings.
#[derive(Clone, Copy, Debug)]
pub enum Family<'a> {
    /// A bidirectional LSTM over word vectors.
    BiLstm(&'a bilstm::Settings),
    /// An encoder that was trained on much text, fine-tuned.
    Bert(&'a bert::Settings),
    /// Weighted n-grams.
    Linear(&'a linear::Settings),
}

impl Family<'_> {
    /// The files in a run's folder that say how text becomes ids and what the weights do not
    /// say of the network.
    #[must_use]
    pub const fn files(&self) -> &'static [&'static str] {
        match self {
            Self::BiLstm(_) => &[VOCABULARY],
            Self::Bert(_) => &[TOKENIZER, bert::ENCODER],
            Self::Linear(_) => &[linear::FEATURES],
        }
    }
}

impl Recipe {
    /// The family that it names.
    ///
    /// # Errors
    /// If it names none, or several.
    pub fn family(&self) -> Result<Family<'_>> {
        let sections = [
            self.bilstm.as_ref().map(Family::BiLstm),
            self.bert.as_ref().map(Family::Bert),
            self.linear.as_ref().map(Family::Linear),
        ];
        let named: Vec<Family<'_>> = sections.into_iter().flatten().collect();
        match named.as_slice() {
            [family] => Ok(*family),
            [] => bail!("it names no model family: add a section such as [bilstm]"),
            _ => bail!("it names several model families: keep one of their sections"),
        }
    }
}
