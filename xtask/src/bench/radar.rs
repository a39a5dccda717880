//! The radar on simulated streams, beside the rules that other tools publish. `docs/radar.md` has all of it.

use std::process::Command;

use anyhow::{Context, Result};

use super::report::{Group, Record, machine};
use crate::command;
use crate::workspace::Workspace;

/// Where the airline set lies beside the repository, if it does.
const DATA: &str = "../shared/data";

/// Measures, and writes `docs/radar.md` and `docs/radar.json`.
///
/// # Errors
/// When something does not build or run.
pub fn measure(workspace: &Workspace) -> Result<Group> {
    let mut cargo = workspace.cargo();
    command::run(cargo.args(["build", "--release", "--package=trainer"]))?;
    let mut measure = Command::new(workspace.target.join("release/vigie-train"));
    measure.current_dir(&workspace.root).arg("radar");
    if workspace.root.join(DATA).join("airline.train.tsv.gz").exists() {
        measure.args(["--data", DATA]);
    }
    eprintln!("  measuring, for some minutes");
    let lines = command::read(&mut measure)?;
    let records: Vec<Record> = lines
        .lines()
        .map(|line| serde_json::from_str(line).with_context(|| format!("`{line}` is no record")))
        .collect::<Result<_>>()?;
    Ok(Group {
        name: "radar".to_owned(),
        title: "The radar".to_owned(),
        about: "Simulated streams in which what happens is known, 20 of each kind with six watches over four weeks. The peer is the published \
                rule that finds most, at the threshold at which it has at most .25 false alarms a watch and week on these very streams; the radar has no more. \
                [All of it](radar.md)."
            .to_owned(),
        command: "cargo xtask bench radar".to_owned(),
        machine: machine()?,
        records,
    })
}
