//! The page's code: `frontend` as wasm, with the JavaScript that loads it.
//!
//! `wasm-opt -Oz` is not run. Measured on the page of 0.1.0: the file gets 7 % smaller (12 % with version 132),
//! but what travels, its Brotli form, by 0.6 % (1 % larger). That is not worth one more tool.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use super::freshness::is_fresh;
use super::public;
use crate::command;
use crate::setup::WASM;
use crate::workspace::Workspace;

/// The profile that the root Cargo.toml gives to the page.
const PROFILE: &str = "wasm-release";

/// Leaves `vigie.wasm`, `vigie.js` and the scripts of other crates that it imports in `folder`.
///
/// # Errors
/// When the page does not compile, or wasm-bindgen is of another version than the page's crate.
pub fn build(workspace: &Workspace, folder: &Path) -> Result<Vec<PathBuf>> {
    command::run(workspace.cargo().args([
        "build",
        "--package=frontend",
        "--target",
        WASM,
        "--profile",
        PROFILE,
    ]))?;
    let compiled = workspace.target.join(WASM).join(PROFILE).join("frontend.wasm");
    let mut outputs = vec![folder.join("vigie.wasm"), folder.join("vigie.js")];
    let snippets = folder.join("snippets");
    if !is_fresh(&outputs, &[&compiled])? {
        if snippets.exists() {
            fs::remove_dir_all(&snippets)?;
        }
        bind(&compiled, folder).context("wasm-bindgen could not make the page's JavaScript")?;
    }
    if snippets.exists() {
        outputs.extend(public::files(&snippets)?);
    }
    Ok(outputs)
}

/// wasm-bindgen writes `vigie_bg.wasm`; Leptos loads `vigie.wasm`, see LEPTOS_OUTPUT_NAME in .cargo/config.toml.
fn bind(compiled: &Path, folder: &Path) -> Result<()> {
    Bindgen::new()
        .input_path(compiled)
        .out_name("vigie")
        .web(true)?
        .typescript(false)
        .demangle(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .omit_default_module_path(true)
        .generate_output()?
        .emit(folder)?;
    fs::rename(folder.join("vigie_bg.wasm"), folder.join("vigie.wasm"))?;
    Ok(())
}
