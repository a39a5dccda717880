//! `vigie-train ensemble`

use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use clap::Args;
use sentiment::{
    bundle::Metric,
    models::{
        Arithmetic,
        ensemble::{Members, Pool},
    },
};

use super::{CommandLine, RecipeArgument, release};
use crate::{
    behaviour::Suite,
    data::Prepared,
    ensemble::{self, Choice, Exam, Making, choose},
    origin::{self, RowsOrigin},
};

/// What `ensemble` needs.
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    recipe: RecipeArgument,
    /// A bundle that takes part, beside the output and in a folder of its name; given for each.
    #[arg(long, value_name = "DIR", required = true)]
    member: Vec<PathBuf>,
    /// The folder that `prepare` wrote.
    #[arg(long, default_value = "runs/prepared")]
    prepared: PathBuf,
    /// The folder of the recipe's files, for the figures on its tests.
    #[arg(long, default_value = "data", env = "VIGIE_DATA")]
    data: PathBuf,
    /// Where the bundle goes; its last part becomes the ensemble's name.
    #[arg(long, default_value = "models/ensemble")]
    output: PathBuf,
    /// Replace the bundle that lies there even if the new one does worse, or if the old one can
    /// no longer be asked because its members have changed.
    #[arg(long)]
    accept_falls: bool,
}

/// Chooses weights and calibration on validation, measures the ensemble as it will be served, and
/// writes it with its card.
pub fn run(arguments: &Arguments) -> Result<()> {
    let recipe = arguments.recipe.read()?;
    let prepared = Prepared::read(&arguments.prepared)?;
    prepared.check(&recipe)?;
    let bundles = ensemble::read(&arguments.member, &arguments.output)?;
    ensemble::check_unlearnt(&bundles, &recipe, &prepared.report)?;
    let members = Members::load(&bundles, Arithmetic::Fast)?;
    let outputs = members.outputs().clone();
    for label in recipe.outputs().labels {
        ensure!(outputs.labels.contains(&label), "the members do not know the label “{label}”");
    }
    let exams = Exam::all(&prepared.validation, &recipe, &members)?;
    let languages = ensemble::languages(&bundles)?;
    let pool = Pool { outputs, weights: vec![0.0; bundles.len()], languages };
    let choice = choose(&exams, &pool, recipe.train.sure_from);
    show(&choice, &arguments.member);

    let validation: Vec<Metric> =
        exams.iter().flat_map(|exam| exam.metrics(&choice.pool, &choice.calibration)).collect();
    let commands = commands(arguments)?;
    let making = Making {
        members: &bundles,
        choice: &choice,
        recipe: &recipe,
        report: &prepared.report,
        commands: &commands,
    };
    let mut card = ensemble::card(&making, validation)?;
    let name = arguments.output.file_name().context("the --output names no folder")?;
    let name = name.to_string_lossy();
    let unmeasured = ensemble::bundle(&name, &bundles, &choice, &card)?;
    let suite = Suite::released()?;
    let tests = &prepared.report.tests;
    card.metrics.extend(release::measure(&unmeasured, &recipe, tests, &suite, &arguments.data)?);
    let bundle = ensemble::bundle(&name, &bundles, &choice, &card)?;
    release::put(&bundle, &arguments.output, &suite, arguments.accept_falls, &card.metrics)
}

fn commands(arguments: &Arguments) -> Result<Vec<String>> {
    let RowsOrigin { command: prepare } = origin::read(&arguments.prepared, "prepare")?;
    let line = CommandLine::new("ensemble").path("--recipe", &arguments.recipe.recipe);
    let line = arguments.member.iter().fold(line, |line, member| line.path("--member", member));
    let line = line
        .path("--prepared", &arguments.prepared)
        .path("--data", &arguments.data)
        .path("--output", &arguments.output);
    Ok(vec![prepare, line.finish()])
}

#[expect(clippy::print_stdout, reason = "the command's answer")]
fn show(choice: &Choice, members: &[PathBuf]) {
    println!("Mean log-loss on the validation rows of each source:");
    for ((member, weight), alone) in members.iter().zip(&choice.pool.weights).zip(&choice.alone) {
        println!("{:<40} {alone:.4} alone, weight {weight:.2}", member.display());
    }
    println!(
        "{:<40} {:.4}, temperature {:.3}, sure from {:.2}",
        "together", choice.loss, choice.calibration.temperature, choice.calibration.sure_from
    );
}
