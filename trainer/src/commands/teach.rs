//! `vigie-train teach`

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use super::{CommandLine, RecipeArgument};
use crate::{
    data::Prepared,
    origin::{self, TeachingOrigin},
    progress::Progress,
    teaching::{Pace, Teachers, ask},
};

/// What `teach` needs.
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    recipe: RecipeArgument,
    /// The folder that `prepare` wrote.
    #[arg(long, default_value = "runs/prepared")]
    prepared: PathBuf,
    /// The bundle that is asked; of several the mean of their probabilities is taken.
    #[arg(long, value_name = "DIR", required = true)]
    teacher: Vec<PathBuf>,
    /// Where the answers go.
    #[arg(long, default_value = "runs/teaching")]
    output: PathBuf,
}

/// Asks the teachers about the training rows of all sources with a teacher share.
#[expect(clippy::print_stdout, reason = "the command's answer")]
pub fn run(arguments: &Arguments) -> Result<()> {
    let recipe = arguments.recipe.read()?;
    let prepared = Prepared::read(&arguments.prepared)?;
    prepared.check(&recipe)?;
    let teachers = Teachers::read(&arguments.teacher)?;
    let mut bar: Option<(Progress, usize)> = None;
    let mut watch = |done: usize, all: usize| {
        let begin = || (Progress::new("teachers", "rows", all as u64, done as u64), done);
        let (bar, shown) = bar.get_or_insert_with(begin);
        bar.advance((done - *shown) as u64);
        *shown = done;
        Ok(())
    };
    let output = &arguments.output;
    let teaching = ask(&teachers, &prepared, &recipe, output, &Pace::default(), &mut watch)?;
    drop(bar);
    origin::write(output, &TeachingOrigin { command: command_line(arguments) })?;
    println!(
        "{} of {} training rows have the answers of {}, in {}.",
        teaching.count(),
        prepared.train.len(),
        teaching.sum().teachers.join(", "),
        output.display()
    );
    Ok(())
}

fn command_line(arguments: &Arguments) -> String {
    let line = CommandLine::new("teach")
        .path("--recipe", &arguments.recipe.recipe)
        .path("--prepared", &arguments.prepared);
    let teachers = arguments.teacher.iter();
    let line = teachers.fold(line, |line, teacher| line.path("--teacher", teacher));
    line.path("--output", &arguments.output).finish()
}
