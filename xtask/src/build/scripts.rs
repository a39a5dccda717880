//! What the browser runs: the page's code, and the model in its worker.

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::public;
use super::wasm::{Module, Script};
use crate::workspace::Workspace;

/// Leptos loads `vigie.wasm`, see LEPTOS_OUTPUT_NAME in .cargo/config.toml.
const PAGE: Module = Module {
    package: "frontend",
    profile: "wasm-release",
    name: "vigie",
    processor: "",
    script: Script::Module,
};

/// Browsers without SIMD refuse it, which the page says.
const MODEL: Module = Module {
    package: "browser",
    profile: "browser-release",
    name: "browser",
    processor: "+simd128",
    script: Script::Classic,
};

/// Starts the model in a worker.
const WORKER: &str = "browser/worker.js";

/// Leaves both in `folder`, each with the JavaScript that loads it.
///
/// # Errors
/// When a crate does not compile.
pub fn build(workspace: &Workspace, folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = PAGE.build(workspace, folder)?;
    files.extend(MODEL.build(workspace, folder)?);
    let worker = folder.join("worker.js");
    public::copy_file(&workspace.root.join(WORKER), &worker)?;
    files.push(worker);
    Ok(files)
}
