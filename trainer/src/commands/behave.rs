//! `vigie-train behave`

use std::{fs, path::PathBuf};

use anyhow::{Context, Result, ensure};
use clap::Args;

use crate::behaviour::{Examination, Examinee, Outcome, Score, Suite};

/// What `behave` needs.
#[derive(Args)]
pub struct Arguments {
    /// The bundle.
    #[arg(long, default_value = "models/bilstm", env = "VIGIE_MODEL")]
    model: PathBuf,
    /// Only the cases in this language (ISO 639-1), claimed by the bundle or not; all that it
    /// claims otherwise.
    #[arg(long, value_name = "CODE")]
    language: Option<String>,
    /// Show every case that failed.
    #[arg(long)]
    failures: bool,
    /// Write the scores and the result of every case to this JSON file.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Examines the bundle on the behaviour suite.
pub fn run(arguments: &Arguments) -> Result<()> {
    let Examinee { model, languages } = Examinee::read(&arguments.model)?;
    let languages = arguments.language.clone().map_or(languages, |language| vec![language]);
    let examination = Suite::released()?.examine(model.as_ref(), &languages)?;
    ensure!(
        !examination.outcomes.is_empty(),
        "the behaviour suite has no cases in: {}",
        languages.join(", ")
    );
    show(&format!("{}, in {}", model.id(), languages.join(", ")), &examination);
    if arguments.failures {
        show_failures(&examination);
    }
    if let Some(path) = &arguments.output {
        let figures = serde_json::json!({
            "model": model.id(),
            "languages": languages,
            "metrics": examination.metrics(),
            "cases": examination.outcomes,
        });
        fs::write(path, format!("{figures:#}\n"))
            .with_context(|| format!("{} cannot be written", path.display()))?;
    }
    Ok(())
}

#[expect(clippy::print_stdout, reason = "the command's answer")]
fn show(title: &str, examination: &Examination) {
    println!("{title}");
    println!("{:<24} {:>6} {:>4} {:>6}  95 % interval", "", "passed", "n", "rate");
    for score in examination.scores() {
        let metric = score.metric();
        let Score { group, passed, n } = score;
        println!(
            "{:<24} {passed:>6} {n:>4} {:>6.3}  {:.3} to {:.3}",
            group.name(),
            metric.value,
            metric.low,
            metric.high
        );
    }
}

#[expect(clippy::print_stdout, reason = "the command's answer")]
fn show_failures(examination: &Examination) {
    for Outcome { capability, case, texts, failure, .. } in examination.failures() {
        println!("\n{capability}/{case}: {}", failure.as_deref().unwrap_or_default());
        texts.iter().for_each(|text| println!("    {text}"));
    }
}
