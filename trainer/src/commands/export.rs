//! `vigie-train export`

use std::path::PathBuf;

use anyhow::{Result, ensure};
use clap::Args;
use jiff::Timestamp;
use sentiment::bundle::{Card, DataSource, Metric};

use super::{CommandLine, gate};
use crate::{
    behaviour::{Examinee, Suite},
    bundle_folder,
    data::SourceReport,
    evaluation,
    finished::line,
    recipe::Family,
    tracking,
    trained::Trained,
    training::RunFolder,
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
#[expect(clippy::print_stdout, reason = "the command's answer")]
pub fn run(arguments: &Arguments) -> Result<()> {
    let trained = Trained::read(&arguments.run)?;
    let mut card = card(&trained, arguments)?;
    let Trained { recipe, report, .. } = &trained;
    let unmeasured = trained.bundle(&card)?;
    let suite = Suite::released()?;
    suite.check_training(report, &arguments.prepared)?;
    let examinee = Examinee::of(unmeasured.to_files())?;
    for (test, guarded) in recipe.tests.iter().zip(&report.tests) {
        let result = evaluation::evaluate(examinee.model.as_ref(), test, &arguments.data)?;
        ensure!(
            result.sha256 == guarded.sha256,
            "{} has changed since its texts were kept out of the training rows: run `vigie-train prepare` and train again",
            test.file
        );
        card.metrics.extend(result.metrics);
    }
    card.metrics.extend(examinee.examine(&suite)?.metrics());
    let bundle = trained.bundle(&card)?;
    if !arguments.accept_falls {
        gate::before_replacing(&arguments.output, &bundle, &suite)?;
    }
    bundle_folder::write(&arguments.output, &bundle)?;
    // What is released later leaves the run's own as it was.
    bundle_folder::write(&arguments.run.join(RunFolder::BUNDLE), &bundle)?;
    card.metrics.iter().for_each(|metric: &Metric| println!("{}", line(metric)));
    let size: usize = bundle.to_files().values().map(Vec::len).sum();
    println!(
        "{}@{}, {:.1} MB in {}",
        bundle.name(),
        bundle.version(),
        size as f64 / 1e6,
        arguments.output.display()
    );
    tracking::send_if_tracked(&arguments.run);
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
