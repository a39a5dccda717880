//! `vigie-train compare`

use std::path::PathBuf;

use anyhow::{Result, ensure};
use clap::Args;

use super::CommandLine;
use crate::comparison::{self, Description, Folder, asking};

/// What `compare` needs.
#[derive(Args)]
pub struct Arguments {
    /// What is compared with what.
    #[arg(long, default_value = "trainer/comparison.toml", env = "VIGIE_COMPARISON")]
    description: PathBuf,
    /// The folder of the documentation, which holds the predictions and gets the report.
    #[arg(long, default_value = "docs")]
    docs: PathBuf,
    /// Ask the bundles that are there, and keep what they say of each test row.
    #[arg(long)]
    from_bundles: bool,
    /// The folder of the test files, for --from-bundles.
    #[arg(long, default_value = "data", env = "VIGIE_DATA")]
    data: PathBuf,
    /// With --from-bundles: ask this model only; may be given several times.
    #[arg(long, value_name = "NAME", requires = "from_bundles")]
    model: Vec<String>,
    /// Write nothing; fail if the report is not what the predictions give.
    #[arg(long, conflicts_with = "from_bundles")]
    check: bool,
    /// The folder that keeps the comparison as a run, for experiment tracking.
    #[arg(long, default_value = "runs/compare")]
    run: PathBuf,
}

/// Makes the report of committed predictions, after asking the bundles if that is wanted.
#[expect(clippy::print_stdout, reason = "the command's answer")]
pub fn run(arguments: &Arguments) -> Result<()> {
    let Arguments { description: path, docs, from_bundles, data, model, check, run } = arguments;
    let description = Description::read(path)?;
    let folder = Folder::at(docs);
    if *from_bundles {
        ensure!(
            data.is_dir(),
            "{} is no folder: give that of the test files with --data",
            data.display()
        );
        asking::ask(&description, &folder, data, model, |line| println!("{line}"))?;
    }
    let files = comparison::produce(&description, &folder)?;
    if *check {
        comparison::check(&description, &folder, &files)?;
        println!("{} is what the predictions give", folder.join(Folder::REPORT).display());
        return Ok(());
    }
    comparison::write(&folder, &files)?;
    let command = CommandLine::new("compare").path("--description", path).path("--docs", docs);
    comparison::record(run, &files, &command.finish())?;
    println!("{} files, among them {}", files.len(), folder.join(Folder::REPORT).display());
    Ok(())
}
