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

/// Sends what the tracking server lacks of runs, as often as one likes. A run that fails keeps none
/// of the others back.
#[expect(clippy::print_stderr, reason = "a word on each failure, since the others go on")]
pub fn run(arguments: &Arguments) -> Result<()> {
    let server = Server::from_environment()?
        .context("no tracking server is named: set MLFLOW_TRACKING_URI to its address")?;
    let outcomes = arguments.run.iter().flat_map(|folder| match runs(folder) {
        Ok(runs) => runs.iter().map(|run| send(run, &server)).collect(),
        Err(error) => vec![Err(error)],
    });
    let failures = outcomes.filter_map(Result::err).inspect(|error| eprintln!("{error:#}")).count();
    ensure!(
        failures == 0,
        "not everything is on {}: {failures} of the runs failed, as said above; repeat the command when that is mended",
        server.name()
    );
    Ok(())
}

#[expect(clippy::print_stdout, reason = "the command's answer")]
fn send(run: &Path, server: &Server) -> Result<()> {
    tracking::send(run, server)
        .with_context(|| format!("{} is not on {}", run.display(), server.name()))?;
    println!("{} is on {}", run.display(), server.name());
    Ok(())
}

/// The folders of the runs at and below `folder`, of which there is one.
fn runs(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut runs = Vec::new();
    collect(folder, &mut runs)?;
    ensure!(
        !runs.is_empty(),
        "{} holds no {}: it is no run, or one of an older vigie-train",
        folder.display(),
        Account::FILE
    );
    Ok(runs)
}

/// The folders of runs at and below `folder`, a parent before its children.
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
