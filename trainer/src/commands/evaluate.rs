//! `vigie-train evaluate`

use std::{fs, path::PathBuf};

use anyhow::{Context, Result};
use clap::Args;

use super::RecipeArgument;
use crate::{
    bundle_folder,
    evaluation::{self, TestResult},
    finished::line,
    tensors::write_atomically,
};

/// What `evaluate` needs.
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    recipe: RecipeArgument,
    /// The bundle.
    #[arg(long, default_value = "models/bilstm", env = "VIGIE_MODEL")]
    model: PathBuf,
    /// The folder of the recipe's files.
    #[arg(long, default_value = "data", env = "VIGIE_DATA")]
    data: PathBuf,
    /// Write the figures to this JSON file.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write each test's predictions into this folder: row number, label, probabilities, no text.
    #[arg(long, value_name = "DIR")]
    predictions: Option<PathBuf>,
    /// Ask it in plain arithmetic, which what is served is held against.
    #[arg(long)]
    plain: bool,
}

/// Measures the bundle on every test of the recipe.
#[expect(clippy::print_stdout, reason = "the command's answer")]
pub fn run(arguments: &Arguments) -> Result<()> {
    let recipe = arguments.recipe.read()?;
    let files = bundle_folder::read(&arguments.model)?;
    let model =
        if arguments.plain { sentiment::load_plain(files) } else { sentiment::load(files) }?;
    println!("{}", model.id());
    let mut results: Vec<TestResult> = Vec::new();
    for test in &recipe.tests {
        let result = evaluation::evaluate(model.as_ref(), test, &arguments.data)?;
        result.metrics.iter().for_each(|metric| println!("{}", line(metric)));
        results.push(result);
    }
    if let Some(folder) = &arguments.predictions {
        fs::create_dir_all(folder)
            .with_context(|| format!("{} cannot be made", folder.display()))?;
        for result in &results {
            let path = folder.join(format!("{}.tsv", result.name));
            write_atomically(&path, evaluation::predictions(&result.rows).as_bytes())?;
        }
    }
    if let Some(path) = &arguments.output {
        let figures = serde_json::json!({"model": model.id(), "tests": results});
        fs::write(path, format!("{figures:#}\n"))
            .with_context(|| format!("{} cannot be written", path.display()))?;
    }
    Ok(())
}
