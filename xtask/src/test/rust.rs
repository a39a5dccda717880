//! The tests of the crates.
//!
//! One selection of crates and features for everything, so that each dependency is compiled once, and the
//! program of the end-to-end tests is the one that these tests were compiled with.

use std::process::Command;

use anyhow::Result;

use crate::command;
use crate::setup;
use crate::workspace::Workspace;

/// Tells the trainer's tests which MLflow they may start.
const MLFLOW: &str = "VIGIE_TEST_MLFLOW";

/// Only the browser can run these.
const PAGE: [&str; 2] = ["frontend", "browser"];

/// Compiles tests and programs.
///
/// # Errors
/// When a crate does not compile.
pub fn compile(workspace: &Workspace) -> Result<()> {
    command::run(cargo(workspace, "build").args(["--lib", "--bins", "--tests"]))
}

/// Runs the tests whose names contain `filter`, the examples of the documentation included.
///
/// # Errors
/// When a test fails.
pub fn test(workspace: &Workspace, filter: Option<&str>) -> Result<()> {
    let mut cargo = cargo(workspace, "test");
    cargo.env(MLFLOW, setup::mlflow::program(workspace)).arg("--no-fail-fast").args(filter);
    command::run(&mut cargo)
}

fn cargo(workspace: &Workspace, subcommand: &str) -> Command {
    let mut cargo = workspace.cargo();
    let crates = workspace.members.iter().filter(|name| !PAGE.contains(&name.as_str()));
    cargo
        .arg(subcommand)
        .args(crates.map(|name| format!("--package={name}")))
        .arg("--features=app/ssr");
    cargo
}
