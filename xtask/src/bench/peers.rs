//! What Vigie is measured against, in a virtual environment of its own that is kept.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::command;
use crate::workspace::Workspace;

const PACKAGES: [&str; 6] = [
    "fastapi==0.165.0",
    "numpy==2.4.6",
    "onnx==1.23.2",
    "onnxruntime==1.32.0",
    "safetensors==0.8.0",
    "uvicorn[standard]==0.54.0",
];
/// Its file says what was installed.
const COMPLETE: &str = "complete";

/// The Python that has the peers, which are installed unless they are there.
///
/// # Errors
/// When Python or pip fails.
pub fn python(workspace: &Workspace) -> Result<PathBuf> {
    let folder = workspace.target.join("peers");
    let python = folder.join("bin/python");
    let wanted = PACKAGES.join("\n");
    if fs::read_to_string(folder.join(COMPLETE)).is_ok_and(|installed| installed == wanted) {
        return Ok(python);
    }
    command::run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder))
        .context("Python's module venv is missing: install the package python3-venv")?;
    let mut pip = Command::new(&python);
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
    command::run(pip.arg("--only-binary=:all:").args(PACKAGES))
        .context("the peers cannot be installed from PyPI")?;
    fs::write(folder.join(COMPLETE), wanted).context("the target folder cannot be written to")?;
    Ok(python)
}
