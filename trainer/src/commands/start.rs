//! What a training starts from, as `train` and `tune` are given it.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use super::CommandLine;
use crate::{
    beginning::{From, On},
    recipe::{Family, Recipe},
};

/// The folders, and what does the arithmetic.
#[derive(Args)]
pub struct StartArguments {
    /// The folder that `prepare` wrote.
    #[arg(long, default_value = "runs/prepared")]
    pub prepared: PathBuf,
    /// The folder that `embed` wrote.
    #[arg(long, default_value = "runs/vectors")]
    vectors: PathBuf,
    /// The Hugging Face directory of the encoder that is fine-tuned: `config.json`,
    /// `tokenizer.json` and `model.safetensors` of a BERT, MiniLM or DistilBERT.
    #[arg(long, value_name = "DIR")]
    encoder: Option<PathBuf>,
    /// Start from the weights and the vocabulary of this bundle instead.
    #[arg(long, value_name = "DIR")]
    init: Option<PathBuf>,
    /// The folder that `teach` wrote; needed where a source of the recipe has a teacher share.
    #[arg(long, value_name = "DIR")]
    teaching: Option<PathBuf>,
    /// What does the arithmetic.
    #[arg(long, value_enum, default_value = "cpu")]
    device: On,
}

impl StartArguments {
    /// What a training begins with, beside its rows.
    pub fn from(&self) -> From<'_> {
        From {
            vectors: &self.vectors,
            encoder: self.encoder.as_deref(),
            init: self.init.as_deref(),
            teaching: self.teaching.as_deref(),
            on: self.device,
        }
    }

    /// `line` with those that count for `recipe`.
    pub fn given(&self, line: CommandLine, recipe: &Recipe) -> Result<CommandLine> {
        let line = line.path("--prepared", &self.prepared);
        let line = match (recipe.family()?, &self.init, &self.encoder) {
            (Family::Linear(_), ..) => line,
            (_, Some(bundle), _) => line.path("--init", bundle),
            (_, None, Some(encoder)) => line.path("--encoder", encoder),
            (_, None, None) => line.path("--vectors", &self.vectors),
        };
        Ok(self.teaching.iter().fold(line, |line, folder| line.path("--teaching", folder)))
    }
}
