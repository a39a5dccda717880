//! `vigie-train explain`

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use sentiment::release;

use crate::{
    bundle_folder,
    data::{SourceFile, import::Format},
    explaining::examine,
};

/// What `explain` needs.
#[derive(Args)]
pub struct Arguments {
    /// The folder of the bundle.
    #[arg(long, default_value = "models/bilstm", env = "VIGIE_MODEL")]
    model: PathBuf,
    /// A file of texts, tab-separated with the column `text`; gzip is told by its first bytes.
    #[arg(long, value_name = "FILE")]
    texts: PathBuf,
    /// The first texts of the file.
    #[arg(long, value_name = "N", default_value_t = 2_000)]
    first: usize,
    /// What draws words at random.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// Measures explanations, and prints the figures as JSON.
#[expect(clippy::print_stdout, reason = "the command's answer")]
pub fn run(arguments: &Arguments) -> Result<()> {
    let released = release(bundle_folder::read(&arguments.model)?)
        .with_context(|| format!("{} cannot be loaded", arguments.model.display()))?;
    let rows = Format::Tsv.rows(&SourceFile::read(&arguments.texts, Format::Tsv)?)?;
    let texts: Vec<String> = rows.into_iter().take(arguments.first).map(|row| row.text).collect();
    println!("{}", serde_json::to_string(&examine(&released, &texts, arguments.seed)?)?);
    Ok(())
}
