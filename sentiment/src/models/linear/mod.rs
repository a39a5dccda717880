//! The classical family: weighted n-grams of words and characters, and one weight for each of
//! them and each label.
//!
//! A text's score for a label is a sum over the features that the text has, and each feature is of
//! some of the text's tokens ([`Occurrence`]). What a word adds to a verdict can be told exactly.

mod config;
mod cues;
mod hash;
mod model;
mod ngrams;
mod polarity;
mod reader;
mod table;
mod tensors;
mod weights;

pub use config::{Config, FAMILY, FeatureConfig};
pub use cues::CUES;
pub use model::LinearModel;
pub use ngrams::{Block, Occurrence, occurrences, token_name};
pub use reader::{Counted, Counts, ReadText, Reader};
pub use table::{FeatureTable, Row};
pub use tensors::FEATURES;
pub use weights::{Compact, Weights};
