//! `vigie-train tune`

use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use clap::Args;

use super::{CommandLine, RecipeArgument, StartArguments};
use crate::{
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
    /// How long the search may take, over all calls with the same folder; work that a kill has
    /// cut off before its rung is not counted.
    #[arg(long, default_value_t = 60.0)]
    minutes: f64,
    #[command(flatten)]
    start: StartArguments,
    /// The folder of this search; `runs/tune/` and the recipe's name by default.
    #[arg(long)]
    run: Option<PathBuf>,
}

/// Searches, or goes on where a search was left, and says what is best so far.
#[expect(clippy::print_stdout, reason = "the command's answer")]
pub fn run(arguments: &Arguments) -> Result<()> {
    let Arguments { recipe: recipe_argument, space: space_path, minutes, start, run } = arguments;
    let recipe = recipe_argument.read()?;
    let space = Space::read(space_path, &recipe)?;
    let budget = budget(*minutes)?;
    let prepared = Prepared::read(&start.prepared)?;
    let folder = run.clone().unwrap_or_else(|| Path::new("runs/tune").join(&recipe.name));
    let line = CommandLine::new("tune")
        .path("--recipe", &recipe_argument.recipe)
        .path("--space", space_path)
        .option("--minutes", &minutes.to_string());
    let begin = Instant::now();
    let search = Search {
        space: &space,
        recipe: &recipe,
        prepared: &prepared,
        rows: &start.prepared,
        from: start.from(),
        folder: &folder,
        command: &start.given(line, &recipe)?.path("--run", &folder).finish(),
        budget,
        clock: &|| begin.elapsed(),
    };
    let ledger = search.perform()?;
    println!("{}", std::fs::read_to_string(folder.join("report.md"))?);
    let winner = ledger.winner().unwrap_or_default();
    println!("The recipe of trial {winner} is {}", folder.join("winner.toml").display());
    Ok(())
}

fn budget(minutes: f64) -> Result<Duration> {
    ensure!(minutes > 0.0, "--minutes must be above 0, not {minutes}");
    Duration::try_from_secs_f64(minutes * 60.0)
        .with_context(|| format!("--minutes {minutes:e} is longer than any search: give fewer"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_that_are_no_time_are_refused() {
        assert_eq!(budget(1.5).unwrap(), Duration::from_secs(90));
        for minutes in [0.0, -1.0, f64::NAN, f64::INFINITY, 1e20] {
            let refusal = budget(minutes).unwrap_err().to_string();
            assert!(refusal.contains("--minutes"), "{refusal}");
        }
    }
}
