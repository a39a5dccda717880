//! `vigie-train export`

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use jiff::Timestamp;
use sentiment::bundle::{Card, DataSource};

use super::{CommandLine, release};
use crate::{
    behaviour::Suite, bundle_folder, data::SourceReport, recipe::Family, tracking,
    trained::Trained, training::RunFolder,
};

/// What `export` needs.
#[derive(Args)]
pub struct Arguments {
    /// The folder of the training.
    #[arg(long, default_value = "runs/bilstm")]
    run: PathBuf,
    /// The folder of the recipe's files, for the figures on its tests.
    #[arg(long, default_value = "data", env = "VIGIE_DATA")]
    data: PathBuf,
    /// The folder of the training's rows, read if the behaviour suite has changed since.
    #[arg(long, default_value = "runs/prepared")]
    prepared: PathBuf,
    /// Where the bundle goes.
    #[arg(long, default_value = "models/bilstm")]
    output: PathBuf,
    /// Replace the bundle that lies there even if the new one does worse.
    #[arg(long)]
    accept_falls: bool,
}

/// Makes the bundle, measures it as it will be served, and writes it with its card.
pub fn run(arguments: &Arguments) -> Result<()> {
    let Arguments { run, data, prepared, output, accept_falls } = arguments;
    let trained = Trained::read(run)?;
    let mut card = card(&trained, arguments)?;
    let Trained { recipe, report, .. } = &trained;
    let unmeasured = trained.bundle(&card)?;
    let suite = Suite::released()?;
    suite.check_training(report, prepared)?;
    card.metrics.extend(release::measure(&unmeasured, recipe, &report.tests, &suite, data)?);
    let bundle = trained.bundle(&card)?;
    release::put(&bundle, output, &suite, *accept_falls, &card.metrics)?;
    // What is released later leaves the run's own as it was.
    bundle_folder::write(&run.join(RunFolder::BUNDLE), &bundle)?;
    tracking::send_if_tracked(run);
    Ok(())
}

fn card(trained: &Trained, arguments: &Arguments) -> Result<Card> {
    let Trained { recipe, report, finished, origin, .. } = trained;
    let source = |source: &SourceReport| DataSource {
        file: source.file.clone(),
        sha256: source.sha256.clone(),
        rows: source.train + source.validation,
    };
    let export = CommandLine::new("export")
        .path("--run", &arguments.run)
        .path("--data", &arguments.data)
        .path("--output", &arguments.output)
        .finish();
    let commands: Vec<&str> = origin.commands.iter().chain([&export]).map(String::as_str).collect();
    let family = match recipe.family()? {
        Family::BiLstm(settings) => serde_json::json!({
            "embed": recipe.embed,
            "train": recipe.train,
            "network": settings,
            "best_epoch": finished.best.epoch,
        }),
        Family::Bert(settings) => serde_json::json!({
            "train": recipe.train,
            "network": settings,
            "best_epoch": finished.best.epoch,
        }),
        Family::Linear(settings) => serde_json::json!({
            "linear": settings,
            "passes": finished.epochs,
        }),
    };
    let mut configuration = serde_json::json!({
        "preprocess": recipe.preprocess,
        "sources": recipe.sources,
        "tests": report.tests,
        "start": origin.start,
        "training_seconds": finished.training_seconds,
    });
    if let Some(teaching) = &origin.teaching {
        configuration["teaching"] = serde_json::json!(teaching);
    }
    if let (Some(all), serde_json::Value::Object(of_family)) =
        (configuration.as_object_mut(), family)
    {
        all.extend(of_family);
    }
    Ok(Card {
        description: recipe.description.clone(),
        created_at: Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        command: commands.join(" && "),
        seed: recipe.seed,
        data: report.sources.iter().map(source).collect(),
        configuration,
        metrics: finished.validation.clone(),
        limits: recipe.limits.clone(),
    })
}
