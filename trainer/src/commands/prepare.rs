//! `vigie-train prepare`

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use super::{CommandLine, RecipeArgument};
use crate::{
    data::{self, Report},
    origin::{self, RowsOrigin},
};

/// What `prepare` needs.
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    recipe: RecipeArgument,
    /// The folder of the recipe's files.
    #[arg(long, default_value = "data", env = "VIGIE_DATA")]
    data: PathBuf,
    /// Where the sorted rows go.
    #[arg(long, default_value = "runs/prepared")]
    output: PathBuf,
}

/// Reads the sources, sorts their rows, says what became of each.
pub fn run(arguments: &Arguments) -> Result<()> {
    let prepared = data::prepare(&arguments.recipe.read()?, &arguments.data)?;
    prepared.write(&arguments.output)?;
    let command = CommandLine::new("prepare")
        .path("--recipe", &arguments.recipe.recipe)
        .path("--data", &arguments.data)
        .path("--output", &arguments.output)
        .finish();
    origin::write(&arguments.output, &RowsOrigin { command })?;
    show(&prepared.report);
    Ok(())
}

#[expect(clippy::print_stdout, reason = "the command's answer")]
fn show(report: &Report) {
    println!(
        "{:<16} {:>8} {:>8} {:>10} {:>10} {:>9} {:>8}",
        "source", "rows", "train", "validation", "duplicate", "conflict", "in tests"
    );
    for source in &report.sources {
        println!(
            "{:<16} {:>8} {:>8} {:>10} {:>10} {:>9} {:>8}",
            source.name,
            source.rows,
            source.train,
            source.validation,
            source.duplicates,
            source.conflicts,
            source.in_tests
        );
    }
    let refused: u64 = report.sources.iter().map(|source| source.in_tests).sum();
    let files = report.tests.len();
    println!(
        "{refused} rows were refused because their text is in one of the {files} test files or in the behaviour suite."
    );
}
