//! Programs from the registry, compiled once and kept in the target folder.

use std::path::PathBuf;

use anyhow::Result;

use crate::command;
use crate::workspace::Workspace;

/// The folder with the programs of the package `name`, compiled with `features` unless they are there.
///
/// # Errors
/// When they do not compile.
pub fn cargo_programs(
    workspace: &Workspace,
    name: &str,
    version: &str,
    features: &[&str],
) -> Result<PathBuf> {
    let folder = workspace.target.join(format!("{name}-{version}"));
    // Cargo writes it when all is there.
    if !folder.join(".crates.toml").exists() {
        let mut cargo = workspace.cargo();
        cargo.args(["install", "--locked", "--root"]).arg(&folder);
        cargo.args(["--version", version]).args(features).arg(name);
        command::run(&mut cargo)?;
    }
    Ok(folder.join("bin"))
}
