//! Where the time of the hot path goes, as a flame graph: `perf` samples the stacks, `inferno` draws them.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

use crate::command;
use crate::setup;
use crate::workspace::Workspace;

const VERSION: &str = "0.12.8";
/// Samples a second.
const SAMPLES: &str = "997";
/// What the BiLSTM is asked: single tweets as often as it takes to fill about two seconds.
const ORDERS: &str = "one fast\n";
const REPEATS: usize = 1_500;

/// Draws how `speed` spends its time on `bundle`, into `drawing`.
///
/// # Errors
/// When a tool cannot be installed, or the system lets nobody sample.
pub fn draw(workspace: &Workspace, bundle: &str, drawing: &Path) -> Result<()> {
    setup::for_sampling()?;
    let inferno = setup::cargo_programs(workspace, "inferno", VERSION, &[]);
    let inferno = inferno.context("inferno, which draws, cannot be compiled")?;
    let mut cargo = workspace.cargo();
    cargo.args(["build", "--profile=sampled", "--package=sentiment", "--example=speed"]);
    command::run(&mut cargo)?;
    let samples = workspace.target.join("speed.perf");
    record(workspace, bundle, &samples)?;
    let mut script = Command::new("perf");
    script.args(["script", "--no-inline", "--input"]).arg(&samples);
    let stacks = piped(&mut script, b"")?;
    let folded = piped(&mut Command::new(inferno.join("inferno-collapse-perf")), &stacks)?;
    let mut flamegraph = Command::new(inferno.join("inferno-flamegraph"));
    flamegraph.args(["--title", "One tweet, text to probabilities", "--deterministic"]);
    let picture = piped(&mut flamegraph, &folded)?;
    fs::write(drawing, picture).with_context(|| format!("{} cannot be written", drawing.display()))
}

fn record(workspace: &Workspace, bundle: &str, samples: &Path) -> Result<()> {
    let mut perf = Command::new("perf");
    perf.args(["record", "--freq", SAMPLES, "--call-graph", "dwarf,8192", "--output"]).arg(samples);
    perf.arg(workspace.target.join("sampled/examples/speed"));
    perf.arg(workspace.root.join("models").join(bundle));
    perf.arg(workspace.root.join("xtask/peers/tweets.txt"));
    piped(&mut perf, ORDERS.repeat(REPEATS).as_bytes())
        .map(drop)
        .context("nothing can be sampled here")
}

/// What the command prints when it is given `input`.
fn piped(command: &mut Command, input: &[u8]) -> Result<Vec<u8>> {
    let name = command.get_program().to_string_lossy().into_owned();
    // A file takes any amount, where a pipe would have to be read and written at the same time.
    let path = std::env::temp_dir().join(format!("vigie-bench-{}", std::process::id()));
    File::create(&path)?.write_all(input)?;
    let output = command
        .stdin(Stdio::from(File::open(&path)?))
        .output()
        .with_context(|| format!("{name} cannot be started"));
    fs::remove_file(&path)?;
    let output = output?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{name} failed ({}): {}", output.status, said.trim());
    Ok(output.stdout)
}
