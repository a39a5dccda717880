//! `vigie-train gate`

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;
use sentiment::bundle::{Bundle, MANIFEST};

use crate::behaviour::{Comparison, Examinee, Gate, Suite};

/// What `gate` needs.
#[derive(Args)]
pub struct Arguments {
    /// The bundle that would be released.
    #[arg(long, value_name = "NEW")]
    model: PathBuf,
    /// The bundle whose place it would take.
    #[arg(long, value_name = "OLD")]
    against: PathBuf,
}

/// Shows both and refuses a new one that is worse.
pub fn run(arguments: &Arguments) -> Result<()> {
    let new = Examinee::read(&arguments.model)?;
    let old = Examinee::read(&arguments.against)?;
    let gate = Gate::compare(&new, &old, &Suite::released()?)?;
    show(&gate);
    gate.pass()
}

/// Refuses `bundle` if the folder holds one that is better.
pub fn before_replacing(folder: &Path, bundle: &Bundle, suite: &Suite) -> Result<()> {
    const ANYWAY: &str = "to replace the bundle that lies there anyway, give --accept-falls; to keep both, another --output";
    if !folder.join(MANIFEST).exists() {
        return Ok(());
    }
    let new = Examinee::of(bundle.to_files())?;
    let old = Examinee::read(folder).context(ANYWAY)?;
    Gate::compare(&new, &old, suite)?.pass().context(ANYWAY)
}

#[expect(clippy::print_stdout, reason = "the command's answer")]
fn show(gate: &Gate) {
    println!("{:<48} {:>7} {:>7} {:>6} {:>8}", "", "old", "new", "n", "allowed");
    for comparison in &gate.comparisons {
        let Comparison { name, old, new, n, allowed, .. } = comparison;
        let mark = if comparison.refuses() { "  worse" } else { "" };
        println!("{name:<48} {old:>7.4} {new:>7.4} {n:>6} {allowed:>8.4}{mark}");
    }
    if gate.pass().is_ok() {
        println!("{} may replace {}.", gate.new, gate.old);
    }
}
