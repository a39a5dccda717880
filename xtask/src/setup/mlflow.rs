//! The MLflow server of the trainer's tests, in a virtual environment of its own.

use std::path::PathBuf;

use anyhow::{Context, Result};

use super::python;
use crate::workspace::Workspace;

const VERSION: &str = "3.14.0";

/// The program `mlflow`, once it is installed.
pub fn program(workspace: &Workspace) -> PathBuf {
    folder(workspace).join("bin/mlflow")
}

/// Installs MLflow, unless it is there.
///
/// # Errors
/// When Python or pip fails.
pub fn install(workspace: &Workspace) -> Result<()> {
    python::environment(&folder(workspace), &[&format!("mlflow=={VERSION}")])
        .context("MLflow, which the trainer's tests speak to, cannot be installed")
}

fn folder(workspace: &Workspace) -> PathBuf {
    workspace.target.join(format!("mlflow-{VERSION}"))
}
