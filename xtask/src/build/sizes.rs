//! How large everything is, said at the end of a build.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::{RELEASE, binary, compress};
use crate::workspace::Workspace;

/// Prints the program's size and those of what browsers fetch.
///
/// # Errors
/// When a file that was just built is missing.
pub fn print(workspace: &Workspace) -> Result<()> {
    let program = binary(workspace, RELEASE);
    eprintln!("\n  {:>7.1} MB  {}", bytes(&program)? / 1e6, program.display());
    for name in [
        "pkg/vigie.wasm",
        "pkg/vigie.js",
        "pkg/vigie.css",
        "pkg/browser.wasm",
        "device/model.safetensors",
        "device/vocab.txt",
    ] {
        let file = workspace.site().join(name);
        let compressed = match compress::forms(&file) {
            Some([brotli, _]) => bytes(&brotli)?,
            None => continue,
        };
        eprintln!(
            "  {:>7.1} kB  {} ({:.1} kB as Brotli)",
            bytes(&file)? / 1e3,
            file.display(),
            compressed / 1e3
        );
    }
    Ok(())
}

fn bytes(file: &Path) -> Result<f64> {
    let metadata =
        fs::metadata(file).with_context(|| format!("{} was not built", file.display()))?;
    Ok(metadata.len() as f64)
}
