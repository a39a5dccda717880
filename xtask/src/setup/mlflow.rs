//! The MLflow server of the trainer's tests, in a virtual environment of its own that is kept.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::command;
use crate::workspace::Workspace;

const VERSION: &str = "3.14.0";
/// Its file says that everything was installed.
const COMPLETE: &str = "complete";

/// The program `mlflow`, once it is installed.
pub fn program(workspace: &Workspace) -> PathBuf {
    folder(workspace).join("bin/mlflow")
}

/// Installs MLflow, unless it is there.
///
/// # Errors
/// When Python or pip fails.
pub fn install(workspace: &Workspace) -> Result<()> {
    let folder = folder(workspace);
    if folder.join(COMPLETE).exists() {
        return Ok(());
    }
    // What an attempt that was broken off has left.
    command::run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder))?;
    // Nothing is compiled: neither C, for wheels are there, nor Python, of which little is used.
    let mut pip = Command::new(folder.join("bin/python"));
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-compile"]);
    command::run(pip.args(["--only-binary=:all:", &format!("mlflow=={VERSION}")]))
        .context("MLflow, which the trainer's tests speak to, cannot be installed from PyPI")?;
    fs::write(folder.join(COMPLETE), VERSION).context("the target folder cannot be written to")
}

fn folder(workspace: &Workspace) -> PathBuf {
    workspace.target.join(format!("mlflow-{VERSION}"))
}
