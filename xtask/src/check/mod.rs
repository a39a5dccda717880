//! `cargo xtask check`: what can be said about the code without running it.
//!
//! The numbers are those of the invariants in ARCHITECTURE.md. Every check runs, even after one has failed.

use std::time::Instant;

use anyhow::{Result, bail};

use crate::setup;
use crate::workspace::Workspace;

mod arrows;
mod bundles;
mod clippy;
mod features;
mod files;
mod format;
mod licences;
mod log_words;
mod logs;
mod migrations;
mod page;
mod text;
mod unsafety;

/// Fails with a sentence for each finding.
type Check = fn(&Workspace) -> Result<()>;

/// The quick ones first.
const CHECKS: [(&str, Check); 12] = [
    ("formatting", format::check),
    ("files are short and light", files::check),
    ("crates use only their row of the arrows", arrows::check),
    ("the page is free of model and database, the model of the service (1)", page::check),
    ("both databases have the same migrations (5)", migrations::check),
    ("one crate, two sides, two files that tell them apart (6)", features::check),
    ("only Tweet::parse decides what text is accepted (7)", text::check),
    ("tweet text is never logged (8)", logs::check),
    ("unsafe lies in the kernel alone, lints hold everywhere (9)", unsafety::check),
    ("bundles are what their manifests say", bundles::check),
    ("licences, bans and sources of dependencies", licences::check),
    ("clippy on each side (2)", clippy::check),
];

/// Runs every check and names those that failed.
///
/// # Errors
/// When one failed.
pub fn check(workspace: &Workspace) -> Result<()> {
    setup::for_checking(workspace)?;
    let mut failed = vec![];
    for (name, check) in CHECKS {
        eprintln!("{name}");
        let start = Instant::now();
        let outcome = check(workspace);
        let seconds = start.elapsed().as_secs_f64();
        match outcome {
            Ok(()) => eprintln!("  passed in {seconds:.1} s"),
            Err(error) => {
                eprintln!("  FAILED in {seconds:.1} s: {error:#}");
                failed.push(name);
            }
        }
    }
    if failed.is_empty() {
        eprintln!("\nAll {} checks passed.", CHECKS.len());
        return Ok(());
    }
    bail!("{} of {} checks failed:\n  {}", failed.len(), CHECKS.len(), failed.join("\n  "));
}

/// Fails with one line for each finding, if there are any.
fn none(findings: &[String]) -> Result<()> {
    if findings.is_empty() {
        return Ok(());
    }
    bail!("\n    {}", findings.join("\n    "));
}
