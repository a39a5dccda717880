//! What Vigie is measured against, in a virtual environment of its own.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};

use crate::command;
use crate::server::{free_address, wait_until_ready};
use crate::setup::{self, python};
use crate::workspace::Workspace;

/// What the peers run, by its export.
const BUNDLE: &str = "models/bilstm";

/// What serves a network.
const SERVING: [&str; 6] = [
    "fastapi==0.165.0",
    "numpy==2.4.6",
    "onnx==1.23.2",
    "onnxruntime==1.32.0",
    "safetensors==0.8.0",
    "uvicorn[standard]==0.54.0",
];

/// Leaves the peers of the browser in `xtask/peers/browser`, from their lock file, unless they are there.
///
/// # Errors
/// When npm fails.
pub fn of_the_browser(workspace: &Workspace) -> Result<()> {
    setup::npm_packages(&workspace.root.join("xtask/peers/browser"))
        .context("the peers of the browser cannot be installed")
}

/// What computes a network: PyTorch's wheel alone is some gigabytes.
const COMPUTING: [&str; 7] = [
    "keras==3.15.1",
    "numpy==2.4.6",
    "onnx==1.23.2",
    "onnxruntime==1.32.0",
    "safetensors==0.8.0",
    "tensorflow-cpu==2.21.0",
    "torch==2.15.0",
];

/// The Python that serves networks; it is installed unless it is there.
///
/// # Errors
/// When Python or pip fails.
pub fn serving(workspace: &Workspace) -> Result<PathBuf> {
    python(workspace, "serving", &SERVING)
}

/// The Python that computes networks; it is installed unless it is there.
///
/// # Errors
/// When Python or pip fails.
pub fn computing(workspace: &Workspace) -> Result<PathBuf> {
    python(workspace, "computing", &COMPUTING)
}

fn python(workspace: &Workspace, name: &str, packages: &[&str]) -> Result<PathBuf> {
    let folder = workspace.target.join("peers").join(name);
    python::environment(&folder, packages).context("the peers cannot be installed")?;
    Ok(folder.join("bin/python"))
}

/// Writes the released English BiLSTM as ONNX.
///
/// # Errors
/// When Python fails.
pub fn export(workspace: &Workspace, python: &Path) -> Result<PathBuf> {
    let file = workspace.target.join("bilstm.onnx");
    let mut export = Command::new(python);
    export.arg(workspace.root.join("xtask/peers/onnx_bilstm.py"));
    command::read(export.arg(workspace.root.join(BUNDLE)).arg(&file))?;
    Ok(file)
}

/// What one would write around ONNX Runtime, stopped when it is dropped.
pub struct Service {
    child: Child,
    address: SocketAddr,
}

impl Service {
    /// Starts `xtask/peers/service.py` with what [`export`] wrote, a worker a core, and returns when one
    /// of them answers.
    ///
    /// # Errors
    /// When it does not start.
    pub fn start(workspace: &Workspace, python: &Path, export: &Path) -> Result<Self> {
        let address = free_address()?;
        let cores = thread::available_parallelism()?.to_string();
        let child = Command::new(python)
            .current_dir(workspace.root.join("xtask/peers"))
            .env("BUNDLE", workspace.root.join(BUNDLE))
            .env("MODEL", export)
            .args(["-m", "uvicorn", "service:app", "--no-access-log", "--log-level=error"])
            .args(["--host", "127.0.0.1", "--port", &address.port().to_string()])
            .args(["--workers", &cores])
            .stdout(Stdio::null())
            .spawn()
            .context("uvicorn cannot be started")?;
        let mut service = Self { child, address };
        let ready = wait_until_ready(&mut service.child, address);
        ready.context("the service in Python does not start")?;
        Ok(service)
    }

    /// Lets the other workers come, which start with the first.
    pub fn whole(self) -> Self {
        thread::sleep(Duration::from_secs(3));
        self
    }

    /// Where it analyses.
    pub fn url(&self) -> String {
        format!("http://{}/api/v1/analyses", self.address)
    }

    /// Its first process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        // Its workers end with it when they are asked to; both fail only for one that has ended.
        drop(Command::new("kill").arg(self.child.id().to_string()).status());
        drop(self.child.wait());
    }
}
