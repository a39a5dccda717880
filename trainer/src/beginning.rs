//! A training before its first step, whatever its family.

use std::path::Path;

use anyhow::{Result, bail};
use candle_core::Device;
use clap::ValueEnum;
use sentiment::bundle::{BundleFiles, VOCABULARY};

use crate::{
    bert, bilstm,
    data::Prepared,
    origin::StartOrigin,
    recipe::{Family, Recipe},
    training::{Learner, Reader},
};

/// Everything that the training loop is given of a family.
pub struct Beginning {
    /// The network.
    pub learner: Box<dyn Learner>,
    /// How text becomes what it reads.
    pub reader: Box<dyn Reader>,
    /// The files that say so, and what the weights do not say of the network.
    pub files: BundleFiles,
    /// A sum of all numbers that it starts from.
    pub digest: Vec<u8>,
    /// Where they come from.
    pub origin: StartOrigin,
    /// The commands that made them, those that made the rows among them; none where the
    /// rows' alone did.
    pub commands: Vec<String>,
}

/// The folders of what a training may begin with, beside its rows.
#[derive(Clone, Copy, Debug)]
pub struct From<'a> {
    /// Word vectors.
    pub vectors: &'a Path,
    /// A Hugging Face directory.
    pub encoder: Option<&'a Path>,
    /// A bundle, which comes before the others.
    pub init: Option<&'a Path>,
    /// Teachers' answers, which a recipe with teachers learns from.
    pub teaching: Option<&'a Path>,
    /// Where the arithmetic is done.
    pub on: On,
}

/// What does the arithmetic.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum On {
    /// The processor.
    #[default]
    Cpu,
    /// The first CUDA device, for encoders.
    Cuda,
}

impl Beginning {
    /// What `recipe` begins with: the bundle if there is one, else what its family starts from.
    ///
    /// # Errors
    /// If that is missing, or is of other rows or another recipe.
    pub fn new(recipe: &Recipe, prepared: &Prepared, from: From<'_>) -> Result<Self> {
        match recipe.family()? {
            Family::Bert(settings) => {
                let start = match (from.init, from.encoder) {
                    (Some(bundle), _) => bert::Start::from_bundle(bundle, recipe, settings)?,
                    (None, Some(encoder)) => {
                        bert::Start::from_encoder(encoder, settings, recipe, &prepared.report)?
                    }
                    (None, None) => bail!(
                        "there is no encoder to fine-tune: give a Hugging Face directory with --encoder, or a bundle with --init"
                    ),
                };
                let device = (from.on == On::Cuda).then(bert::cuda).transpose()?;
                Self::of_bert(start, recipe, settings, device)
            }
            Family::BiLstm(_) if from.on == On::Cuda => {
                bail!("only an encoder, [bert], can be trained on CUDA: leave --device out")
            }
            Family::BiLstm(settings) => {
                let start = match from.init {
                    None => {
                        let report = &prepared.report;
                        bilstm::Start::from_vectors(from.vectors, recipe, settings, report)?
                    }
                    Some(bundle) => bilstm::Start::from_bundle(bundle, recipe, settings)?,
                };
                Self::of_bilstm(start, recipe, settings)
            }
            Family::Linear(_) => bail!("a linear model is fitted to all rows at once"),
        }
    }

    fn of_bilstm(
        start: bilstm::Start,
        recipe: &Recipe,
        settings: &bilstm::Settings,
    ) -> Result<Self> {
        let words = start.vectors.vocabulary.to_bytes();
        let files = BundleFiles::from([(VOCABULARY.to_owned(), words)]);
        let (digest, origin) = (start.digest(), start.origin.clone());
        let commands = start.commands.clone();
        let (learner, reader) = start.learner(recipe, settings)?;
        let (learner, reader) = (Box::new(learner), Box::new(reader));
        Ok(Self { learner, reader, files, digest, origin, commands })
    }

    fn of_bert(
        start: bert::Start,
        recipe: &Recipe,
        settings: &bert::Settings,
        device: Option<Device>,
    ) -> Result<Self> {
        let (files, digest, origin) = (start.files()?, start.digest(), start.origin.clone());
        let commands = start.commands.clone();
        let (learner, reader) = start.learner(recipe, settings, device)?;
        let reader = Box::new(reader);
        Ok(Self { learner, reader, files, digest, origin, commands })
    }
}
