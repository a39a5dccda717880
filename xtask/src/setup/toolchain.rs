//! The parts of the Rust toolchain that rust-toolchain.toml asks for.
//!
//! rustup adds them by itself, unless RUSTUP_AUTO_INSTALL=0 forbids it or the toolchain was there before.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::command;
use crate::workspace::Workspace;

/// The browser's target.
pub const WASM: &str = "wasm32-unknown-unknown";
/// The same instructions with a way to start a test: what the browser's code is tested on.
pub const WASI: &str = "wasm32-wasip1";

/// Adds a target.
///
/// # Errors
/// When it is missing and rustup cannot add it.
pub fn add_target(workspace: &Workspace, target: &str) -> Result<()> {
    let mut rustc = Command::new("rustc");
    rustc.current_dir(&workspace.root).args(["--print", "target-libdir", "--target", target]);
    if Path::new(command::read(&mut rustc)?.trim()).is_dir() {
        return Ok(());
    }
    command::run(rustup(workspace).args(["target", "add", target]))
        .with_context(|| format!("the target {target} is missing: add it to your Rust toolchain"))
}

/// Adds rustfmt and clippy.
///
/// # Errors
/// When one is missing and rustup cannot add it.
pub fn add_components(workspace: &Workspace) -> Result<()> {
    for (component, subcommand) in [("rustfmt", "fmt"), ("clippy", "clippy")] {
        if !command::succeeds(workspace.cargo().args([subcommand, "--version"])) {
            command::run(rustup(workspace).args(["component", "add", component])).with_context(
                || format!("{component} is missing: add it to your Rust toolchain"),
            )?;
        }
    }
    Ok(())
}

fn rustup(workspace: &Workspace) -> Command {
    let mut rustup = Command::new("rustup");
    rustup.current_dir(&workspace.root);
    rustup
}
