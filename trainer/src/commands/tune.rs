//! `vigie-train tune`

use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use anyhow::{Result, ensure};
use clap::Args;

use super::{CommandLine, RecipeArgument};
use crate::{
    beginning::{From, On},
    data::Prepared,
    tuning::{Search, Space},
};

/// What `tune` needs.
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    recipe: RecipeArgument,
    /// Which settings are searched, and how: trainer/recipes/tune-*.toml.
    #[arg(long, value_name = "FILE")]
    space: PathBuf,
    /// How long the search may take, over all calls with the same folder.
    #[arg(long, default_value_t = 60.0)]
    minutes: f64,
    /// The folder that `prepare` wrote.
    #[arg(long, default_value = "runs/prepared")]
    prepared: PathBuf,
    /// The folder that `embed` wrote.
    #[arg(long, default_value = "runs/vectors")]
    vectors: PathBuf,
    /// The Hugging Face directory of the encoder that is fine-tuned.
    #[arg(long, value_name = "DIR")]
    encoder: Option<PathBuf>,
    /// Start every trial from the weights and the vocabulary of this bundle instead.
    #[arg(long, value_name = "DIR")]
    init: Option<PathBuf>,
    /// What does the arithmetic.
    #[arg(long, value_enum, default_value = "cpu")]
    device: On,
    /// The folder of this search; `runs/tune/` and the recipe's name by default.
    #[arg(long)]
    run: Option<PathBuf>,
}

/// Searches, or goes on where a search was left, and says what is best so far.
#[expect(clippy::print_stdout, reason = "the command's answer")]
pub fn run(arguments: &Arguments) -> Result<()> {
    let recipe = arguments.recipe.read()?;
    let space = Space::read(&arguments.space, &recipe)?;
    let minutes = arguments.minutes;
    ensure!(minutes.is_finite() && minutes > 0.0, "--minutes must be above 0, not {minutes}");
    let prepared = Prepared::read(&arguments.prepared)?;
    let folder = arguments.run.clone().unwrap_or_else(|| Path::new("runs/tune").join(&recipe.name));
    let begin = Instant::now();
    let search = Search {
        space: &space,
        recipe: &recipe,
        prepared: &prepared,
        rows: &arguments.prepared,
        from: From {
            vectors: &arguments.vectors,
            encoder: arguments.encoder.as_deref(),
            init: arguments.init.as_deref(),
            on: arguments.device,
        },
        folder: &folder,
        command: &command(arguments, &folder),
        budget: Duration::from_secs_f64(minutes * 60.0),
        clock: &|| begin.elapsed(),
    };
    let ledger = search.perform()?;
    println!("{}", std::fs::read_to_string(folder.join("report.md"))?);
    let winner = ledger.winner().unwrap_or_default();
    println!("The recipe of trial {winner} is {}", folder.join("winner.toml").display());
    Ok(())
}

/// The command as it can be given again.
fn command(arguments: &Arguments, folder: &Path) -> String {
    let line = CommandLine::new("tune")
        .path("--recipe", &arguments.recipe.recipe)
        .path("--space", &arguments.space)
        .option("--minutes", &arguments.minutes.to_string())
        .path("--prepared", &arguments.prepared)
        .path("--vectors", &arguments.vectors);
    let line = match (&arguments.init, &arguments.encoder) {
        (Some(bundle), _) => line.path("--init", bundle),
        (None, Some(encoder)) => line.path("--encoder", encoder),
        (None, None) => line,
    };
    line.path("--run", folder).finish()
}
