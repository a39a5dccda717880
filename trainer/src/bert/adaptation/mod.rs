//! Adapting an encoder to the texts of a recipe, without their labels, before it is fine-tuned: it
//! learns to guess hidden pieces of them (masked language modelling, Devlin et al. 2019; on the
//! texts of a task, Gururangan et al. 2020).

mod adapter;
mod masking;
mod settings;

use std::{fs, path::Path};

use anyhow::{Context, Result, anyhow, bail, ensure};
use candle_core::Device;
use rayon::prelude::*;
use sentiment::{
    bundle::{BundleFiles, CONFIG, TOKENIZER, WEIGHTS},
    models::bert::Pieces,
};

pub use adapter::Adapter;
pub use masking::Masking;
pub use settings::AdaptationSettings;

use super::{PieceReader, Start};
use crate::{
    data::Prepared,
    origin::{self, EncoderOrigin, RowsOrigin, StartOrigin},
    recipe::{Family, Recipe},
    tensors::{self, Array, Arrays, Precision, write_atomically},
    training::{self, Inputs, Lessons, Reader, RunFolder, Target, Watch},
};

/// One adaptation.
pub struct Adaptation<'a> {
    /// Whose training texts are read, and how.
    pub recipe: &'a Recipe,
    /// Its rows.
    pub prepared: &'a Prepared,
    /// The folder that they come from.
    pub rows: &'a Path,
    /// The Hugging Face directory of the encoder.
    pub encoder: &'a Path,
    /// Where checkpoints and records go.
    pub run: &'a Path,
    /// Where the adapted encoder goes, as a Hugging Face directory.
    pub output: &'a Path,
    /// The command that does it.
    pub command: &'a str,
}

impl Adaptation<'_> {
    /// What the recipe says of it.
    ///
    /// # Errors
    /// If it says nothing.
    pub fn settings(recipe: &Recipe) -> Result<&AdaptationSettings> {
        recipe.adapt.as_ref().context("the recipe adapts no encoder: add a section [adapt]")
    }

    /// Adapts to the end, or on to it, on `device`, and writes the encoder.
    ///
    /// # Errors
    /// If the encoder or the rows are missing or of others, a folder cannot be written, the
    /// arithmetic fails, or `watch` ends it.
    pub fn perform(&self, device: Device, watch: &mut Watch<'_>) -> Result<()> {
        let Self { recipe, prepared, .. } = *self;
        let adaptation = Self::settings(recipe)?;
        let Family::Bert(bert) = recipe.family()? else {
            bail!("only an encoder, [bert], can be adapted");
        };
        ensure!(self.encoder != self.output, "give another folder than the encoder's own");
        prepared.report.check(recipe)?;
        let RowsOrigin { command } = origin::read(self.rows, "prepare")?;
        let start = Start::from_encoder(self.encoder, bert, recipe, &prepared.report)?;
        let StartOrigin::Encoder { files: sums, adapted_from: None } = &start.origin else {
            bail!("{} is adapted already", self.encoder.display());
        };
        let (config, checkpoint) = start.pretrained()?;
        let pieces = Pieces::new(&recipe.preprocess, &start.tokenizer, bert.pieces, config.words)
            .map_err(|reason| anyhow!(reason))?;
        let masking = Masking::new(&pieces, config.words, adaptation.masked)?;
        let lessons = lessons(prepared, &PieceReader(pieces));
        let settings = adaptation.training();
        let mut adapter =
            Adapter::new(&settings, bert, config, checkpoint, masking, recipe.seed, device)?;

        let text = toml::to_string(recipe)?;
        let report = serde_json::to_vec_pretty(&prepared.report)?;
        let inputs = Inputs::of(text.as_bytes(), &report, &BundleFiles::new(), &start.digest());
        let mut run = RunFolder::begin(self.run, inputs)?;
        training::train(&mut adapter, &lessons, &[], &settings, recipe.seed, &mut run, watch)?;
        let arrays = adapter.checkpoint()?.arrays(config).into_iter();
        let arrays = arrays.map(|(name, shape, values)| (name, Array { shape, values })).collect();
        let origin = EncoderOrigin {
            commands: vec![command, self.command.to_owned()],
            rows_sha256: prepared.report.rows_sha256.clone(),
            preprocess: recipe.preprocess.clone(),
            files: sums.clone(),
        };
        self.write(&arrays, &origin)
    }

    fn write(&self, arrays: &Arrays, origin: &EncoderOrigin) -> Result<()> {
        let failed = || format!("{} cannot be written", self.output.display());
        fs::create_dir_all(self.output).with_context(failed)?;
        origin::remove(self.output)?;
        for file in [CONFIG, TOKENIZER] {
            fs::copy(self.encoder.join(file), self.output.join(file)).with_context(failed)?;
        }
        let weights = tensors::to_bytes(arrays, "", Precision::Single)?;
        write_atomically(&self.output.join(WEIGHTS), &weights)?;
        origin::write(self.output, origin)
    }
}

/// The ids of every training text, once.
fn lessons(prepared: &Prepared, reader: &PieceReader) -> Lessons {
    let ids: Vec<Vec<u32>> = prepared.train.par_iter().map(|row| reader.ids(&row.text)).collect();
    Lessons { targets: vec![Target::NOTHING; ids.len()], repeats: vec![1; ids.len()], ids }
}
