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
    let mut models: Vec<&ModelEntry> = description
        .models
        .iter()
        .filter(|model| model.protocols.contains(name) && model.recipe.is_some())
        .filter(|model| only.is_empty() || only.contains(&model.name))
        .collect();
    ensure!(!models.is_empty(), "no model of the protocol “{name}” that is asked for has a recipe");
    // Who teaches is trained before who learns from it.
    models.sort_by_key(|model| !model.teachers.is_empty());
    let mut lines = Vec::new();
    for model in &models {
        let entries = &description.models;
        let teachers = entries.iter().filter(|other| model.teachers.contains(&other.name));
        let teachers: Vec<&Path> = teachers.map(|teacher| teacher.folder.as_path()).collect();
        lines.extend(training(model, &teachers, data, encoder.as_deref())?);
    }
    let mut compare = words(["compare", "--from-bundles"]);
    compare.extend(words(["--description", &shown(path), "--docs", &shown(docs)]));
    compare.extend(words(["--data", &shown(data)]));
    models.iter().for_each(|model| compare.extend(words(["--model", &model.name])));
    lines.push(compare);
    Ok(lines)
}

/// From rows to a bundle; `teachers` are the folders of the bundles that it learns from.
fn training(
    model: &ModelEntry,
    teachers: &[&Path],
    data: &Path,
    encoder: Option<&Path>,
) -> Result<Vec<Vec<String>>> {
    let (Some(recipe_path), Some(run)) = (&model.recipe, &model.run) else {
        anyhow::bail!("the model “{}” needs a run folder beside its recipe", model.name)
    };
    let recipe = Recipe::read(recipe_path)?;
    let beside = |suffix: &str| format!("{}-{suffix}", run.display());
    let (prepared, vectors, teaching) = (beside("rows"), beside("vectors"), beside("teaching"));
    let (path, run, data) = (shown(recipe_path), shown(run), shown(data));
    let of_rows = |command: &str| words([command, "--recipe", &path, "--prepared", &prepared]);

    let mut lines =
        vec![words(["prepare", "--recipe", &path, "--data", &data, "--output", &prepared])];
    let mut train = of_rows("train");
    match recipe.family()? {
        Family::BiLstm(_) => {
            lines.push([of_rows("embed"), words(["--output", &vectors])].concat());
            train.extend(words(["--vectors", &vectors]));
        }
        Family::Bert(_) => {
            let encoder = encoder.with_context(|| {
                format!("{path} fine-tunes an encoder: give its directory with --encoder")
            })?;
            train.extend(words(["--encoder", &shown(encoder)]));
        }
        Family::Linear(_) => {}
    }
    if recipe.taught_sources().next().is_some() {
        ensure!(
            !teachers.is_empty(),
            "{path} learns from teachers: name them as `teachers` of the model “{}”",
            model.name
        );
        let asked = teachers.iter().flat_map(|folder| words(["--teacher", &shown(folder)]));
        let teach = of_rows("teach").into_iter().chain(asked);
        lines.push(teach.chain(words(["--output", &teaching])).collect());
        train.extend(words(["--teaching", &teaching]));
    }
    train.extend(words(["--run", &run]));
    lines.push(train);
    let export = words(["export", "--run", &run, "--data", &data, "--prepared", &prepared]);
    lines.push([export, words(["--output", &shown(&model.folder)])].concat());
    Ok(lines)
}

fn words<const N: usize>(words: [&str; N]) -> Vec<String> {
    words.map(str::to_owned).to_vec()
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// A model that learns from one that stands after it.
    const DESCRIPTION: &str = r#"
[[test]]
name = "people"
file = "people.tsv"
language = "en"

[[model]]
name = "small"
title = "Small"
folder = "models/small"
recipe = "RECIPES/bilstm.toml"
teachers = ["large"]
run = "runs/small"
protocols = ["people"]

[[model]]
name = "large"
title = "Large"
folder = "models/large"
recipe = "RECIPES/minilm.toml"
run = "runs/large"
protocols = ["people"]

[[protocol]]
name = "people"
title = "People"
description = "Rows."
test = "people"
classes = "labels"
headline = "accuracy"
"#;

    fn lines_of(description: &str, only: &[&str]) -> Result<Vec<String>> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("comparison.toml");
        let recipes = concat!(env!("CARGO_MANIFEST_DIR"), "/recipes");
        fs::write(&path, description.replace("RECIPES", recipes))?;
        let lines = lines(&Arguments {
            name: "people".to_owned(),
            description: path,
            docs: "docs".into(),
            data: "data".into(),
            encoder: Some("encoder".into()),
            model: only.iter().map(|name| (*name).to_owned()).collect(),
        })?;
        for line in &lines {
            let words = ["vigie-train"].into_iter().chain(line.iter().map(String::as_str));
            Line::try_parse_from(words)?;
        }
        Ok(lines.iter().map(|line| line.join(" ").replace(recipes, "recipes")).collect())
    }

    fn commands(lines: &[String]) -> Vec<&str> {
        lines.iter().filter_map(|line| line.split(' ').next()).collect()
    }

    #[test]
    fn who_teaches_is_trained_before_who_learns_from_it() {
        let lines = lines_of(DESCRIPTION, &[]).unwrap();
        let teacher = ["prepare", "train", "export"];
        let pupil = ["prepare", "embed", "teach", "train", "export"];
        assert_eq!(commands(&lines), [&teacher[..], &pupil, &["compare"]].concat());
        assert!(lines[5].contains("--teacher models/large --output runs/small-teaching"));
        assert!(lines[6].contains("--teaching runs/small-teaching --run runs/small"));
    }

    #[test]
    fn a_teacher_that_is_not_asked_for_is_taken_as_it_lies() {
        let lines = lines_of(DESCRIPTION, &["small"]).unwrap();
        assert_eq!(commands(&lines), ["prepare", "embed", "teach", "train", "export", "compare"]);
    }

    #[test]
    fn a_recipe_with_teacher_shares_needs_teachers() {
        let alone = DESCRIPTION.replace("teachers = [\"large\"]", "");
        let error = lines_of(&alone, &[]).unwrap_err().to_string();
        assert!(error.contains("name them as `teachers` of the model “small”"), "{error}");
        let strange = DESCRIPTION.replace("[\"large\"]", "[\"nobody\"]");
        let error = format!("{:#}", lines_of(&strange, &[]).unwrap_err());
        assert!(error.contains("“nobody”, which is not described"), "{error}");
    }
}
