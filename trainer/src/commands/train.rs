//! `vigie-train train`

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use super::{CommandLine, RecipeArgument, StartArguments};
use crate::{data::Prepared, finished::Finished, recipe::Family, run::Run};

/// What `train` needs.
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    recipe: RecipeArgument,
    #[command(flatten)]
    start: StartArguments,
    /// The folder of this training: checkpoint, records, curves, best weights.
    #[arg(long, default_value = "runs/bilstm")]
    run: PathBuf,
}

/// Trains to the end, or on to it. What is wrong is said before anything is written.
pub fn run(arguments: &Arguments) -> Result<()> {
    let Arguments { recipe: recipe_argument, start, run: folder } = arguments;
    let recipe = recipe_argument.read()?;
    let prepared = Prepared::read(&start.prepared)?;
    let line = CommandLine::new("train").path("--recipe", &recipe_argument.recipe);
    let line = start.given(line, &recipe)?.path("--run", folder);
    let run = Run {
        recipe: &recipe,
        prepared: &prepared,
        rows: &start.prepared,
        from: start.from(),
        folder,
        command: &line.finish(),
    };
    let finished = run.perform(&mut |_| Ok(()))?;
    // A linear model has said on the way what it comes to.
    if !matches!(recipe.family()?, Family::Linear(_)) {
        finished.iter().for_each(Finished::show);
    }
    Ok(())
}
