//! A fine-tuned encoder as a bundle.

use anyhow::{Context, Result};
use sentiment::{
    bundle::{Bundle, BundleFiles, CARD, CONFIG, Card, TOKENIZER, WEIGHTS},
    models::{
        Calibration,
        bert::{Config, EncoderConfig, FAMILY},
    },
};
use serde::Serialize;

use super::Settings;
use crate::{
    outputs,
    recipe::Recipe,
    tensors::{self, Arrays, Precision},
};

/// The file of a run's folder that holds the encoder's shape.
pub const ENCODER: &str = "encoder.json";

/// The bundle of these weights, in 16 bits, with the outputs that the recipe's sources teach.
/// `files` are those of the run that say how text becomes ids.
///
/// # Errors
/// If one of them is missing, or the weights do not fit them.
pub fn bundle(
    recipe: &Recipe,
    settings: &Settings,
    files: &BundleFiles,
    weights: &Arrays,
    calibration: Calibration,
    card: &Card,
) -> Result<Bundle> {
    let file = |name| files.get(name).with_context(|| format!("{name} is missing"));
    let encoder: EncoderConfig = serde_json::from_slice(file(ENCODER)?)?;
    let outputs = recipe.outputs();
    let weights = &outputs::keep(weights, &outputs)?;
    let config = Config {
        family: FAMILY.to_owned(),
        preprocess: recipe.preprocess.clone(),
        pieces: settings.pieces,
        encoder,
        outputs,
        calibration,
        languages: recipe.languages.clone(),
    };
    let files = [
        (WEIGHTS, tensors::to_bytes(weights, "", Precision::Half)?),
        (CONFIG, json(&config)?),
        (TOKENIZER, file(TOKENIZER)?.clone()),
        (CARD, json(card)?),
    ];
    let files: BundleFiles =
        files.into_iter().map(|(name, content)| (name.to_owned(), content)).collect();
    Ok(Bundle::create(&recipe.name, files)?)
}

/// As a file of a bundle.
pub(super) fn json(value: &impl Serialize) -> Result<Vec<u8>> {
    let mut text = serde_json::to_vec_pretty(value)?;
    text.push(b'\n');
    Ok(text)
}
