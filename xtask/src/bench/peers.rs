//! What Vigie is measured against, in a virtual environment of its own.

use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::setup::python;
use crate::workspace::Workspace;

const PACKAGES: [&str; 6] = [
    "fastapi==0.165.0",
    "numpy==2.4.6",
    "onnx==1.23.2",
    "onnxruntime==1.32.0",
    "safetensors==0.8.0",
    "uvicorn[standard]==0.54.0",
];

/// The Python that has the peers, which are installed unless they are there.
///
/// # Errors
/// When Python or pip fails.
pub fn python(workspace: &Workspace) -> Result<PathBuf> {
    let folder = workspace.target.join("peers");
    python::environment(&folder, &PACKAGES).context("the peers cannot be installed")?;
    Ok(folder.join("bin/python"))
}
