//! What a fresh Debian or Ubuntu machine with Rust lacks, installed on the way.
//!
//! Rust cannot link without a C compiler, and a C compiler is all that the native dependencies
//! need: so to build, only the browser's target may be missing.

use anyhow::Result;

use crate::workspace::Workspace;

pub mod mlflow;
mod node;
mod packages;
mod programs;
pub mod python;
mod toolchain;

pub use node::packages as npm_packages;
pub use packages::chromium;
pub use programs::cargo_programs;
pub use toolchain::{WASI, WASM};

/// For `run` and `build`.
///
/// # Errors
/// Names what to install, when that could not be done here.
pub fn for_building(workspace: &Workspace) -> Result<()> {
    toolchain::add_target(workspace, WASM)
}

/// For `check`.
///
/// # Errors
/// As [`for_building`].
pub fn for_checking(workspace: &Workspace) -> Result<()> {
    toolchain::add_target(workspace, WASM)?;
    toolchain::add_components(workspace)
}

/// For what runs in a browser: one, and Node.js to drive it.
///
/// # Errors
/// As [`for_building`].
pub fn for_the_browser(workspace: &Workspace) -> Result<()> {
    toolchain::add_target(workspace, WASM)?;
    packages::install(packages::FOR_TESTS)?;
    node::packages(&workspace.root.join("end2end"))
}

/// For the flame graph of `bench kernel`.
///
/// # Errors
/// As [`for_building`].
pub fn for_sampling() -> Result<()> {
    packages::install(packages::FOR_SAMPLING)
}

/// For `test`: a PostgreSQL server, a browser with emoji, driven by Node.js, an MLflow server and Prometheus.
///
/// # Errors
/// As [`for_building`].
pub fn for_testing(workspace: &Workspace) -> Result<()> {
    toolchain::add_target(workspace, WASM)?;
    toolchain::add_target(workspace, WASI)?;
    packages::install(packages::FOR_TESTS)?;
    mlflow::install(workspace)?;
    node::packages(&workspace.root.join("end2end"))
}
