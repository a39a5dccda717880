//! The tests of what runs in the browser too, compiled to WebAssembly and run by Node.js: the model
//! must give there what it gives natively.

use anyhow::Result;

use crate::command;
use crate::setup::WASI;
use crate::workspace::Workspace;

/// Starts a compiled test.
const RUNNER: &str = "sentiment/tests/run-wasm.mjs";

/// Runs the tests whose names contain `filter`.
///
/// # Errors
/// When something does not compile or a test fails.
pub fn test(workspace: &Workspace, filter: Option<&str>) -> Result<()> {
    let runner = format!("node --no-warnings {}", workspace.root.join(RUNNER).display());
    let mut cargo = workspace.cargo();
    cargo
        .env("CARGO_TARGET_WASM32_WASIP1_RUNNER", runner)
        .env("CARGO_TARGET_WASM32_WASIP1_RUSTFLAGS", "-C target-feature=+simd128")
        .args(["test", "--package=sentiment", "--target", WASI, "--lib", "--tests"])
        .arg("--no-fail-fast")
        .args(filter);
    command::run(&mut cargo)
}
