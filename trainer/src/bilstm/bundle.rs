//! A trained network as a bundle.

use anyhow::{Context, Result};
use sentiment::{
    bundle::{Bundle, BundleFiles, CARD, CONFIG, Card, VOCABULARY, WEIGHTS},
    models::{
        Calibration,
        bilstm::{BiLstmConfig, Config, FAMILY},
    },
    vocabulary::Vocabulary,
};
use serde::Serialize;

use super::Settings;
use crate::{
    outputs,
    recipe::Recipe,
    tensors::{self, Arrays, Precision},
    vectors::Vectors,
};

/// The bundle of these weights, in 16 bits, with the outputs that the recipe's sources teach.
/// `files` are those of the run that say how text becomes ids.
///
/// # Errors
/// If the weights do not fit the vocabulary.
pub fn bundle(
    recipe: &Recipe,
    settings: &Settings,
    files: &BundleFiles,
    weights: &Arrays,
    calibration: Calibration,
    card: &Card,
) -> Result<Bundle> {
    let vocabulary = files.get(VOCABULARY).with_context(|| format!("{VOCABULARY} is missing"))?;
    let vocabulary = Vocabulary::parse(vocabulary)?;
    let embedding = Vectors::from_arrays(vocabulary.clone(), weights)?.dimension;
    let outputs = recipe.outputs();
    let weights = &outputs::keep(weights, &outputs)?;
    let config = Config {
        family: FAMILY.to_owned(),
        preprocess: recipe.preprocess.clone(),
        network: BiLstmConfig {
            embedding,
            hidden: settings.hidden,
            dense: settings.dense,
            outputs,
        },
        calibration,
        languages: recipe.languages.clone(),
    };
    let files = [
        (WEIGHTS, tensors::to_bytes(weights, "", Precision::Half)?),
        (CONFIG, json(&config)?),
        (VOCABULARY, vocabulary.to_bytes()),
        (CARD, json(card)?),
    ];
    let files: BundleFiles =
        files.into_iter().map(|(name, content)| (name.to_owned(), content)).collect();
    Ok(Bundle::create(&recipe.name, files)?)
}

fn json(value: &impl Serialize) -> Result<Vec<u8>> {
    let mut text = serde_json::to_vec_pretty(value)?;
    text.push(b'\n');
    Ok(text)
}
