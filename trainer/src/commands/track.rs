//! `vigie-train track`

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};
use clap::Args;

use crate::tracking::{self, Account, Server};

/// What `track` needs.
#[derive(Args)]
pub struct Arguments {
    /// The folder of a run; the runs in it are sent too.
    #[arg(required = true)]
    run: Vec<PathBuf>,
}

/// Sends what the tracking server lacks of runs, as often as one likes.
#[expect(clippy::print_stdout, reason = "the command's answer")]
pub fn run(arguments: &Arguments) -> Result<()> {
    let server = Server::from_environment()?
        .context("no tracking server is named: set MLFLOW_TRACKING_URI to its address")?;
    for folder in &arguments.run {
        let mut runs = Vec::new();
        collect(folder, &mut runs)?;
        ensure!(
            !runs.is_empty(),
            "{} holds no {}: it is no run, or one of an older vigie-train",
            folder.display(),
            Account::FILE
        );
        for run in runs {
            tracking::send(&run, &server)?;
            println!("{} is on {}", run.display(), server.name());
        }
    }
    Ok(())
}

/// The folders of runs at and below `folder`, a whole before its parts.
fn collect(folder: &Path, runs: &mut Vec<PathBuf>) -> Result<()> {
    if folder.join(Account::FILE).exists() {
        runs.push(folder.to_owned());
    }
    let failed = || format!("{} cannot be listed", folder.display());
    let mut below: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(folder).with_context(failed)? {
        below.push(entry.with_context(failed)?.path());
    }
    below.sort();
    below.iter().filter(|path| path.is_dir()).try_for_each(|path| collect(path, runs))
}
