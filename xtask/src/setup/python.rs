//! Virtual environments of Python, each with its packages, which are kept.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::command;

/// Its file says what was installed.
const COMPLETE: &str = "complete";

/// Leaves an environment with these packages in `folder`, unless it is there.
///
/// # Errors
/// When Python or pip fails.
pub fn environment(folder: &Path, packages: &[&str]) -> Result<()> {
    let wanted = packages.join("\n");
    if fs::read_to_string(folder.join(COMPLETE)).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    // What an attempt that was broken off has left.
    command::run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(folder))
        .context("Python's module venv is missing: install the package python3-venv")?;
    // Nothing is compiled: neither C, for wheels are there, nor Python, of which little is used.
    let mut pip = Command::new(folder.join("bin/python"));
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-compile"]);
    command::run(pip.arg("--only-binary=:all:").args(packages))
        .context("packages of Python cannot be installed from PyPI")?;
    fs::write(folder.join(COMPLETE), wanted).context("the target folder cannot be written to")
}
