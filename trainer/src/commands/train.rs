//! `vigie-train train`

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use super::{CommandLine, RecipeArgument};
use crate::{
    beginning::{From, On},
    data::Prepared,
    finished::Finished,
    recipe::Family,
    run::Run,
};

/// What `train` needs.
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    recipe: RecipeArgument,
    /// The folder that `prepare` wrote.
    #[arg(long, default_value = "runs/prepared")]
    prepared: PathBuf,
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
    /// What does the arithmetic.
    #[arg(long, value_enum, default_value = "cpu")]
    device: On,
    /// The folder of this training: checkpoint, records, curves, best weights.
    #[arg(long, default_value = "runs/bilstm")]
    run: PathBuf,
}

/// Trains to the end, or on to it. What is wrong is said before anything is written.
pub fn run(arguments: &Arguments) -> Result<()> {
    let recipe = arguments.recipe.read()?;
    let prepared = Prepared::read(&arguments.prepared)?;
    let from = From {
        vectors: &arguments.vectors,
        encoder: arguments.encoder.as_deref(),
        init: arguments.init.as_deref(),
        on: arguments.device,
    };
    let run = Run {
        recipe: &recipe,
        prepared: &prepared,
        rows: &arguments.prepared,
        from,
        folder: &arguments.run,
        command: &command(arguments, recipe.family()?),
    };
    let finished = run.perform(&mut |_| Ok(()))?;
    // A linear model has said on the way what it comes to.
    if !matches!(recipe.family()?, Family::Linear(_)) {
        finished.iter().for_each(Finished::show);
    }
    Ok(())
}

/// The command as it can be given again.
fn command(arguments: &Arguments, family: Family<'_>) -> String {
    let line = CommandLine::new("train")
        .path("--recipe", &arguments.recipe.recipe)
        .path("--prepared", &arguments.prepared);
    let line = match (family, &arguments.init, &arguments.encoder) {
        (Family::Linear(_), ..) => line,
        (_, Some(bundle), _) => line.path("--init", bundle),
        (_, None, Some(encoder)) => line.path("--encoder", encoder),
        (_, None, None) => line.path("--vectors", &arguments.vectors),
    };
    line.path("--run", &arguments.run).finish()
}
