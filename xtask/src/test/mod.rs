//! `cargo xtask test`: everything that can be shown by running it.

use std::thread;
use std::time::Instant;

use anyhow::{Result, anyhow, bail};

use crate::build;
use crate::setup;
use crate::workspace::Workspace;

mod end_to_end;
mod observed;
mod rust;
mod wasm;

/// Runs its tests whose names contain the filter.
type Suite = fn(&Workspace, Option<&str>) -> Result<()>;

/// Builds everything first, so that a mistake in the code shows before any test runs; then all tests,
/// also after some have failed.
///
/// # Errors
/// When something does not build or a test fails.
pub fn test(workspace: &Workspace, filter: Option<&str>) -> Result<()> {
    setup::for_testing(workspace)?;
    let start = Instant::now();
    thread::scope(|scope| {
        let page = scope.spawn(|| build::site(workspace));
        rust::compile(workspace)
            .and(page.join().unwrap_or_else(|_| Err(anyhow!("the build of the page panicked"))))
    })?;
    let mut report = vec![line("build", Ok(()), start)];

    let mut failures = 0;
    let suites: [(&str, Suite); 4] = [
        ("Rust tests", rust::test),
        ("tests as WebAssembly", wasm::test),
        ("end-to-end tests", end_to_end::test),
        ("alerts and boards", observed::test),
    ];
    for (name, suite) in suites {
        let start = Instant::now();
        let outcome = suite(workspace, filter);
        failures += usize::from(outcome.is_err());
        report.push(line(name, outcome, start));
    }
    eprintln!("\n{}", report.join("\n"));
    if failures > 0 {
        bail!("the tests did not pass");
    }
    Ok(())
}

fn line(name: &str, outcome: Result<()>, start: Instant) -> String {
    let seconds = start.elapsed().as_secs();
    match outcome {
        Ok(()) => format!("  passed  {name}, {seconds} s"),
        Err(error) => format!("  FAILED  {name}, {seconds} s: {error:#}"),
    }
}
