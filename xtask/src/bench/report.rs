//! What was measured, as it is kept and as it is read.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

/// One comparison.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Record {
    /// What was measured.
    pub case: String,
    /// Our figure.
    pub ours: f64,
    /// The peer's.
    pub peer: f64,
    /// Who the peer is.
    pub against: String,
    /// How many times better ours is.
    pub ratio: f64,
    /// What both figures are in.
    pub unit: String,
}

/// The comparisons of one run.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Group {
    /// What the command calls it.
    pub name: String,
    /// Its heading.
    pub title: String,
    /// What was done.
    pub about: String,
    /// How to do it again.
    pub command: String,
    /// Where it was done.
    pub machine: String,
    pub records: Vec<Record>,
}

/// All groups, in the order of their names.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Report {
    groups: Vec<Group>,
}

impl Report {
    /// What was measured before; nothing if the file is not there.
    ///
    /// # Errors
    /// When the file is none of ours.
    pub fn read(path: &Path) -> Result<Self> {
        if !path.exists() {
            return Ok(Self::default());
        }
        let text = fs::read_to_string(path)?;
        serde_json::from_str(&text).with_context(|| format!("{} is damaged", path.display()))
    }

    /// Takes the place of an earlier run of the same name.
    pub fn put(&mut self, group: Group) {
        self.groups.retain(|known| known.name != group.name);
        self.groups.push(group);
        self.groups.sort_by(|one, other| one.name.cmp(&other.name));
    }

    pub fn json(&self) -> Result<String> {
        Ok(serde_json::to_string_pretty(self)? + "\n")
    }

    pub fn markdown(&self) -> String {
        let mut text = String::from(
            "# Benchmarks\n\nMade by `cargo xtask bench`; do not edit. Each table compares within one run on one machine.\n",
        );
        for group in &self.groups {
            let Group { title, about, command, machine, .. } = group;
            // Writing to a string cannot fail.
            let _ = write!(text, "\n## {title}\n\n{about}\n\n`{command}`, on {machine}.\n\n");
            text.push_str(&group.table());
        }
        text
    }
}

impl Group {
    /// A JSON record a line.
    pub fn lines(&self) -> Result<String> {
        let line = |record| Ok(serde_json::to_string(record)? + "\n");
        self.records.iter().map(line).collect()
    }

    /// As a table in Markdown.
    pub fn table(&self) -> String {
        let mut text = String::from("| case | ours | peer | | ratio |\n|---|---|---|---|---|\n");
        for Record { case, ours, peer, against, ratio, unit } in &self.records {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "| {case} | {ours} {unit} | {peer} | {against} | {ratio} × |");
        }
        text
    }
}

/// The processor of this machine and what it can do.
///
/// # Errors
/// When the system does not say.
pub fn machine() -> Result<String> {
    let about = fs::read_to_string("/proc/cpuinfo").context("the processor cannot be told")?;
    let field = |name: &str| {
        let line = about.lines().find(|line| line.starts_with(name))?;
        line.split_once(": ").map(|(_, value)| value.trim())
    };
    let flags: Vec<&str> = field("flags").unwrap_or_default().split(' ').collect();
    let known = ["avx2", "avx512f", "avx512_vnni", "avx512_bf16", "amx_int8"];
    let has: Vec<&str> = known.into_iter().filter(|flag| flags.contains(flag)).collect();
    let name = field("model name").unwrap_or("an unknown processor");
    let cores = std::thread::available_parallelism()?;
    Ok(format!("{name} with {cores} cores ({})", has.join(", ")))
}
