//! The released networks, text in, probabilities out, beside the forward pass of the same network elsewhere.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use super::report::{Group, Record, machine};
use super::{flame, peers};
use crate::command;
use crate::workspace::Workspace;

/// Measures on one core, and how the second one adds to it.
///
/// # Errors
/// When something does not build or run.
pub fn measure(workspace: &Workspace) -> Result<Group> {
    let python = peers::computing(workspace)?;
    let mut cargo = workspace.cargo();
    cargo.args(["build", "--release", "--package=sentiment", "--example=speed"]);
    command::run(&mut cargo)?;
    eprintln!("  measuring, for some minutes");
    let mut records = Vec::new();
    for (script, bundle) in [
        ("bilstm.py", "bilstm"),
        ("scaling.py", "bilstm"),
        ("vocabulary.py", "bilstm"),
        ("minilm.py", "minilm"),
    ] {
        records.extend(compared(workspace, &python, script, bundle)?);
    }
    flame::draw(workspace, "bilstm", &workspace.root.join("docs/hot-path.svg"))?;
    Ok(Group {
        name: "kernel".to_owned(),
        title: "The networks".to_owned(),
        about: "The released English BiLSTM reads the 48 tweets of `xtask/peers/tweets.txt`, 14 tokens each on average, on one core. Ours goes \
                from text to calibrated probabilities, preprocessing and the guess at the language included; the peers make the \
                forward pass alone, from the words' ids, of the same weights, by a call from Python. *fast* is what is \
                served: the recurrence in 8 bits, and what a word adds to the gates computed when the word is first read; *plain* is \
                the network that was trained, in single precision. Then the released MiniLM reads the same tweets, 17 word \
                pieces each on average: its *fast* maps have 8 bits, the 64 inputs of the widest range 13. All take turns, 15 \
                times; medians. [Where the time of one tweet goes](hot-path.svg), as a flame graph."
            .to_owned(),
        command: "cargo xtask bench kernel".to_owned(),
        machine: machine()?,
        records,
    })
}

/// The records that a script beside the peers prints.
fn compared(
    workspace: &Workspace,
    python: &Path,
    script: &str,
    bundle: &str,
) -> Result<Vec<Record>> {
    let peers = workspace.root.join("xtask/peers");
    let mut measure = Command::new(python);
    measure.arg(peers.join(script));
    measure.arg(workspace.target.join("release/examples/speed"));
    measure.arg(workspace.root.join("models").join(bundle)).arg(peers.join("tweets.txt"));
    command::read(&mut measure)?
        .lines()
        .map(|line| serde_json::from_str(line).with_context(|| format!("`{line}` is no record")))
        .collect()
}
