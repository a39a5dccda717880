//! A trained linear model as a bundle.

use anyhow::{Context, Result, ensure};
use domain::Label;
use sentiment::{
    bundle::{Bundle, BundleFiles, CARD, CONFIG, Card, WEIGHTS},
    models::{
        Calibration, Outputs,
        linear::{CUES, Compact, Config, FAMILY, FEATURES, FeatureTable, Weights},
    },
};
use serde::Serialize;

use super::{LABELS, Settings, training::best};
use crate::{recipe::Recipe, tensors::Arrays};

/// The bundle of these weights, in 8 bits, for the labels that the recipe's sources teach.
///
/// # Errors
/// If the weights are not of these features.
pub fn bundle(
    recipe: &Recipe,
    settings: &Settings,
    files: &BundleFiles,
    weights: &Arrays,
    calibration: Calibration,
    card: &Card,
) -> Result<Bundle> {
    let features = files.get(FEATURES).with_context(|| format!("{FEATURES} is missing"))?;
    let table = FeatureTable::from_bytes(features)?;
    let weights = best(weights)?;
    let cells = (table.len() + CUES.len()) * LABELS;
    ensure!(weights.values.len() == cells, "the weights are of other features");
    let outputs = Outputs::of_labels(recipe.outputs().labels);
    let served = served(&weights, &table, &outputs.labels);
    let config = Config {
        family: FAMILY.to_owned(),
        preprocess: recipe.preprocess.clone(),
        features: settings.features.clone(),
        outputs,
        calibration,
        languages: recipe.languages.clone(),
    };
    let files = [
        (FEATURES, features.clone()),
        (WEIGHTS, served.to_bytes()?),
        (CONFIG, json(&config)?),
        (CARD, json(card)?),
    ];
    let files: BundleFiles =
        files.into_iter().map(|(name, content)| (name.to_owned(), content)).collect();
    Ok(Bundle::create(&recipe.name, files)?)
}

/// What is served of `weights`: those of `labels`, in 8 bits.
pub(super) fn served(weights: &Weights, table: &FeatureTable, labels: &[Label]) -> Compact {
    let pick = |row: &[f32]| labels.iter().map(|&label| row[label as usize]).collect::<Vec<f32>>();
    let values = weights.values.as_chunks::<LABELS>().0.iter().flat_map(|row| pick(row)).collect();
    let kept = Weights { labels: labels.len(), values, bias: pick(&weights.bias) };
    Compact::of(&kept, table.len())
}

fn json(value: &impl Serialize) -> Result<Vec<u8>> {
    let mut text = serde_json::to_vec_pretty(value)?;
    text.push(b'\n');
    Ok(text)
}
