//! What a bundle is and costs, kept beside its predictions so that the report needs no bundle.

use std::{fs, path::Path};

use anyhow::{Context, Result};
use domain::ModelId;
use safetensors::SafeTensors;
use sentiment::{
    Model,
    bundle::{Bundle, CONFIG, Metric},
    models::{Outline, SCALES},
};
use serde::{Deserialize, Serialize};

use super::latency::Latency;
use crate::{behaviour::Suite, tensors::write_atomically};

/// What is known of a model beside its predictions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    /// Its name and version.
    pub model: ModelId,
    /// Its family.
    pub family: String,
    /// What it is and what it is for.
    pub description: String,
    /// ISO 639-1 codes of the languages that it knows.
    pub languages: Vec<String>,
    /// Numbers in its weights; of an ensemble, in those of its members too.
    pub parameters: u64,
    /// All its files together; of an ensemble, its members' too.
    pub bytes: u64,
    /// Time that its training spent in steps, where the card tells it.
    pub training_seconds: Option<f64>,
    /// Rows that it was trained or chosen on.
    pub training_rows: u64,
    /// How long it takes over one text.
    pub latency: Latency,
    /// What its card says it reaches.
    pub card: Vec<Metric>,
    /// What it makes of the behaviour suite as it is now, in its languages.
    pub behaviour: Vec<Metric>,
    /// What a user should know before trusting it.
    pub limits: Vec<String>,
}

/// What a bundle takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Size {
    parameters: u64,
    bytes: u64,
}

impl Facts {
    /// The facts of `model`, whose bundle is `bundle`, read with its members if it is an ensemble.
    ///
    /// # Errors
    /// If the bundle's configuration cannot be read, or the model fails.
    pub fn of(model: &dyn Model, bundle: &Bundle, latency: Latency) -> Result<Self> {
        let Outline { family, languages } = bundle.json(CONFIG)?;
        let card = model.card();
        let size = size(bundle);
        Ok(Self {
            model: model.id().clone(),
            family,
            description: card.description.clone(),
            languages: languages.clone(),
            parameters: size.parameters,
            bytes: size.bytes,
            training_seconds: card.configuration["training_seconds"].as_f64(),
            training_rows: card.data.iter().map(|source| source.rows).sum(),
            latency,
            card: card.metrics.clone(),
            behaviour: Suite::released()?.examine(model, &languages)?.metrics(),
            limits: card.limits.clone(),
        })
    }

    /// Writes them to `path`, in a folder that is made if it is not there.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn write(&self, path: &Path) -> Result<()> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)
                .with_context(|| format!("{} cannot be made", folder.display()))?;
        }
        write_atomically(path, format!("{:#}\n", serde_json::json!(self)).as_bytes())
    }

    /// Reads what [`Facts::write`] wrote.
    ///
    /// # Errors
    /// If it is not there or says something else.
    pub fn read(path: &Path) -> Result<Self> {
        let again = || {
            format!("{} holds no facts: run `vigie-train compare --from-bundles`", path.display())
        };
        serde_json::from_slice(&fs::read(path).with_context(again)?).with_context(again)
    }
}

/// Of all its files, which are its members' too.
fn size(bundle: &Bundle) -> Size {
    let files = bundle.to_files();
    let weights = files.iter().filter(|(name, _)| name.ends_with(".safetensors"));
    let parameters = weights
        .filter_map(|(_, content)| SafeTensors::deserialize(content).ok())
        .flat_map(|tensors| {
            let numbers = |shape: &[usize]| shape.iter().product::<usize>() as u64;
            let tensors = tensors.tensors();
            let weights = tensors.iter().filter(|(name, _)| !name.ends_with(SCALES));
            weights.map(|(_, view)| numbers(view.shape())).collect::<Vec<_>>()
        })
        .sum();
    Size { parameters, bytes: files.values().map(|content| content.len() as u64).sum() }
}
