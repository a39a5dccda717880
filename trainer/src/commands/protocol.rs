//! `vigie-train protocol`

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use clap::{Args, Parser};

use super::Command;
use crate::{
    comparison::{Description, ModelEntry},
    recipe::{Family, Recipe},
};

/// What `protocol` needs.
#[derive(Args)]
pub struct Arguments {
    /// The protocol, as the description calls it.
    name: String,
    /// What is compared with what.
    #[arg(long, default_value = "trainer/comparison.toml", env = "VIGIE_COMPARISON")]
    description: PathBuf,
    /// The folder of the documentation, which gets the predictions and the report.
    #[arg(long, default_value = "docs")]
    docs: PathBuf,
    /// The folder of all data files.
    #[arg(long, default_value = "data", env = "VIGIE_DATA")]
    data: PathBuf,
    /// The Hugging Face directory of the encoder that recipes of the BERT family fine-tune.
    #[arg(long, value_name = "DIR")]
    encoder: Option<PathBuf>,
    /// Only this model; may be given several times.
    #[arg(long, value_name = "NAME")]
    model: Vec<String>,
}

/// A command as it would be typed.
#[derive(Parser)]
#[command(name = "vigie-train")]
struct Line {
    #[command(subcommand)]
    command: Command,
}

/// Trains every model of the protocol by its recipe, exports it, and measures it: the commands
/// that one would give by hand, one after the other. One that was killed goes on where it was;
/// deleting the models' run folders begins anew.
#[expect(clippy::print_stdout, reason = "the command's answer")]
pub fn run(arguments: &Arguments) -> Result<()> {
    for line in lines(arguments)? {
        println!("$ vigie-train {}", line.join(" "));
        let words = ["vigie-train".to_owned()].into_iter().chain(line.iter().cloned());
        Line::try_parse_from(words)?.command.run().with_context(|| line.join(" "))?;
    }
    Ok(())
}

/// The commands, each as its words.
fn lines(arguments: &Arguments) -> Result<Vec<Vec<String>>> {
    let Arguments { name, description: path, docs, data, encoder, model: only } = arguments;
    let description = Description::read(path)?;
    ensure!(
        description.protocols.iter().any(|protocol| protocol.name == *name),
        "no protocol is called “{name}”: the description has {}",
        description.protocols.iter().map(|p| p.name.as_str()).collect::<Vec<_>>().join(", ")
    );
    let models: Vec<&ModelEntry> = description
        .models
        .iter()
        .filter(|model| model.protocols.contains(name) && model.recipe.is_some())
        .filter(|model| only.is_empty() || only.contains(&model.name))
        .collect();
    ensure!(!models.is_empty(), "no model of the protocol “{name}” that is asked for has a recipe");
    let mut lines = Vec::new();
    for model in &models {
        lines.extend(training(model, data, encoder.as_deref())?);
    }
    let mut compare = words(["compare", "--from-bundles"]);
    compare.extend(words(["--description", &shown(path), "--docs", &shown(docs)]));
    compare.extend(words(["--data", &shown(data)]));
    models.iter().for_each(|model| compare.extend(words(["--model", &model.name])));
    lines.push(compare);
    Ok(lines)
}

/// From rows to a bundle.
fn training(model: &ModelEntry, data: &Path, encoder: Option<&Path>) -> Result<Vec<Vec<String>>> {
    let (Some(recipe), Some(run)) = (&model.recipe, &model.run) else {
        anyhow::bail!("the model “{}” needs a run folder beside its recipe", model.name)
    };
    let with = |suffix: &str| format!("{}-{suffix}", run.display());
    let (prepared, vectors) = (with("rows"), with("vectors"));
    let (recipe_path, run, data) = (shown(recipe), shown(run), shown(data));
    let mut train =
        words(["train", "--recipe", &recipe_path, "--prepared", &prepared, "--run", &run]);
    let mut lines =
        vec![words(["prepare", "--recipe", &recipe_path, "--data", &data, "--output", &prepared])];
    match Recipe::read(recipe)?.family()? {
        Family::BiLstm(_) => {
            lines.push(words([
                "embed",
                "--recipe",
                &recipe_path,
                "--prepared",
                &prepared,
                "--output",
                &vectors,
            ]));
            train.extend(words(["--vectors", &vectors]));
        }
        Family::Bert(_) => {
            let encoder = encoder.with_context(|| {
                format!("{recipe_path} fine-tunes an encoder: give its directory with --encoder")
            })?;
            train.extend(words(["--encoder", &shown(encoder)]));
        }
        Family::Linear(_) => {}
    }
    lines.push(train);
    let bundle = shown(&model.folder);
    lines.push(words([
        "export",
        "--run",
        &run,
        "--data",
        &data,
        "--prepared",
        &prepared,
        "--output",
        &bundle,
    ]));
    Ok(lines)
}

fn words<const N: usize>(words: [&str; N]) -> Vec<String> {
    words.map(str::to_owned).to_vec()
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}
