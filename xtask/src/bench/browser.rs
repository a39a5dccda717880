//! The model in a worker of headless Chromium, beside ONNX Runtime Web.

use std::process::Command;

use anyhow::{Context, Result};

use super::peers;
use super::report::{Group, Record, machine};
use crate::build;
use crate::command;
use crate::setup;
use crate::workspace::Workspace;

/// The bundle that goes to readers' devices.
const BUNDLE: &str = "models/bilstm-device";

/// Measures on one thread of the browser.
///
/// # Errors
/// When something does not build or run.
pub fn measure(workspace: &Workspace) -> Result<Group> {
    setup::for_the_browser(workspace)?;
    build::site(workspace)?;
    let mut cargo = workspace.cargo();
    cargo.args(["build", "--release", "--package=sentiment", "--example=speed"]);
    command::run(&mut cargo)?;
    let folder = workspace.root.join("xtask/peers");
    let exported = workspace.target.join("bench-export");
    let mut export = Command::new(peers::serving(workspace)?);
    export.arg(folder.join("export.py")).arg(workspace.target.join("release/examples/speed"));
    export.arg(workspace.root.join(BUNDLE)).arg(folder.join("tweets.txt")).arg(&exported);
    command::read(&mut export)?;
    peers::of_the_browser(workspace)?;
    eprintln!("  measuring, for about a minute");
    let mut measure = Command::new("node");
    measure.arg(folder.join("browser/measure.mjs")).arg(workspace.site()).arg(&exported);
    measure.arg(setup::chromium().context("there is no Chromium")?);
    let lines = command::read(&mut measure)?;
    let records: Vec<Record> = lines
        .lines()
        .map(|line| serde_json::from_str(line).with_context(|| format!("`{line}` is no record")))
        .collect::<Result<_>>()?;
    Ok(Group {
        name: "browser".to_owned(),
        title: "The model in the browser".to_owned(),
        about: "`models/bilstm-device` in a worker of headless Chromium (WebAssembly with SIMD, one thread) reads the 48 tweets of \
                `xtask/peers/tweets.txt`, 14 tokens each on average. *From the page to the verdict and back* is the whole way of a text by \
                messages, preprocessing and the guess at the language included; *model alone* is what the worker says that it took from text to \
                probabilities. The peer makes the forward pass alone, from the words' ids, of the same network exported to ONNX, in ONNX Runtime \
                Web on one thread. *Ready* is from nothing to the moment at which a text can be read, files served from this machine as Brotli (the \
                peer's as they are): fetched, compiled, verified. All take turns, 15 times (loading 5 times, each in a browser that was never here); medians."
            .to_owned(),
        command: "cargo xtask bench browser".to_owned(),
        machine: machine()?,
        records,
    })
}
