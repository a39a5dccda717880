//! `cargo xtask bench`: Vigie beside what one would take in its place, in the same minutes on the same
//! machine. What was measured goes into `docs/benchmarks.json`, and from there into `docs/benchmarks.md`.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use clap::ValueEnum;

use crate::workspace::Workspace;

mod batch;
mod browser;
mod flame;
mod http;
mod kernel;
mod load;
mod peers;
mod processes;
mod radar;
mod report;
mod start;
mod tweets;

use report::{Group, Report};

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum Subject {
    /// A file through `vigie predict`, beside a script around ONNX Runtime
    Batch,
    /// The model in headless Chromium, beside ONNX Runtime Web
    Browser,
    /// The service under load, beside ONNX Runtime behind FastAPI
    Http,
    /// The networks themselves, beside their own ONNX exports
    Kernel,
    /// The radar on simulated streams, beside the rules that others publish
    Radar,
    /// From the process to an answer, and what it takes while idle
    Start,
}

impl Subject {
    fn measure(self, workspace: &Workspace) -> Result<Group> {
        match self {
            Self::Batch => batch::measure(workspace),
            Self::Browser => browser::measure(workspace),
            Self::Http => http::measure(workspace),
            Self::Kernel => kernel::measure(workspace),
            Self::Radar => radar::measure(workspace),
            Self::Start => start::measure(workspace),
        }
    }
}

/// Measures `subjects`, all if there are none, and writes the documents, and this run's records to `json`.
///
/// # Errors
/// When a peer cannot be installed, something does not run, or a file cannot be written.
pub fn bench(workspace: &Workspace, subjects: &[Subject], json: Option<&Path>) -> Result<()> {
    let all = Subject::value_variants();
    let subjects = if subjects.is_empty() { all } else { subjects };
    let documents = workspace.root.join("docs/benchmarks.json");
    let mut report = Report::read(&documents)?;
    let mut lines = String::new();
    for subject in subjects {
        let group = subject.measure(workspace)?;
        eprintln!("\n{}", group.table());
        lines.push_str(&group.lines()?);
        report.put(group);
        // At once: what was measured stays, whatever becomes of the next.
        write(&documents, &report.json()?)?;
        write(&documents.with_extension("md"), &report.markdown())?;
    }
    json.map_or(Ok(()), |path| write(path, &lines))
}

fn write(path: &Path, text: &str) -> Result<()> {
    fs::write(path, text).with_context(|| format!("{} cannot be written", path.display()))
}
