//! From a process to an answer, and what it takes while nothing is asked.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Result;

use super::peers::{self, Service};
use super::processes::resident_megabytes;
use super::report::{Group, Record, machine};
use crate::build;
use crate::command;
use crate::server::Server;
use crate::workspace::Workspace;

/// Starts of each kind, of which the median counts.
const ROUNDS: usize = 5;

/// What one of several starts came to.
struct Start {
    milliseconds: f64,
    /// Resident a second after it was ready.
    megabytes: f64,
}

/// Measures the default models, and MiniLM and the ensemble beside them.
///
/// # Errors
/// When something does not build or start.
pub fn measure(workspace: &Workspace) -> Result<Group> {
    build::build(workspace)?;
    let python = peers::serving(workspace)?;
    eprintln!("  measuring, for about two minutes");
    let binary = build::binary(workspace, build::RELEASE);
    let models = workspace.root.join("models");
    let ours = |arguments: &[&str]| {
        let start = || -> Result<Start> {
            let begin = Instant::now();
            let server = Server::start_with(workspace, build::RELEASE, arguments)?;
            idle(begin.elapsed(), server.id())
        };
        both(&python, workspace, &[binary.clone(), models.clone()], start)
    };
    let peer = {
        let export = peers::export(workspace, &python)?;
        let start = || -> Result<Start> {
            let begin = Instant::now();
            let service = Service::start(workspace, &python, &export)?;
            let elapsed = begin.elapsed();
            let service = service.whole();
            idle(elapsed, service.id())
        };
        let libraries = python.with_file_name("..").join("lib");
        both(&python, workspace, &[libraries, models.clone(), export.clone()], start)?
    };
    let default = ours(&[])?;
    let records = [
        ("default models", default),
        ("MiniLM", ours(&["--model", "models/minilm"])?),
        ("ensemble", ours(&["--model", "models/ensemble"])?),
    ];
    let records = records.iter().flat_map(|(name, ours)| {
        let record = |case: &str, of: fn(&Both) -> f64, unit: &str| Record {
            case: format!("{name}, {case}"),
            ours: rounded(of(ours)),
            peer: rounded(of(&peer)),
            against: "FastAPI, ONNX Runtime float32".to_owned(),
            ratio: rounded(of(&peer) / of(ours)),
            unit: unit.to_owned(),
        };
        [
            record("cold process to ready", |both| both.cold.milliseconds, "ms"),
            record("warm process to ready", |both| both.warm.milliseconds, "ms"),
            record("resident memory, idle", |both| both.warm.megabytes, "MB"),
        ]
    });
    let megabytes = |path: &Path| size(path).map(|bytes| bytes as f64 / 1e6);
    Ok(Group {
        name: "start".to_owned(),
        title: "vigie serve: start and rest".to_owned(),
        about: format!(
            "From the start of the process until `/health/ready` says 200, with an empty SQLite database; medians of {ROUNDS}. Cold: program, \
             bundles and, of the peer, Python's packages are not in memory (`posix_fadvise`); the system's own libraries are. Memory is that of \
             all its processes a second later. The default models are the English and the French BiLSTM; the peer (`xtask/peers/service.py`, a \
             uvicorn worker a core) has the English one alone, and is what all are held against. The program has {:.1} MB, the default \
             bundles {:.1} MB, the page {:.1} MB; the peer's packages {:.1} MB.",
            megabytes(&binary)?,
            megabytes(&models.join("bilstm"))? + megabytes(&models.join("bilstm-fr"))?,
            megabytes(&workspace.site())?,
            megabytes(&python.with_file_name("..").join("lib"))?,
        ),
        command: "cargo xtask bench start".to_owned(),
        machine: machine()?,
        records: records.collect(),
    })
}

struct Both {
    cold: Start,
    warm: Start,
}

/// Starts several times, each time without what lies in `files`, and then with it.
fn both(
    python: &Path,
    workspace: &Workspace,
    files: &[PathBuf],
    start: impl Fn() -> Result<Start>,
) -> Result<Both> {
    let evict = || {
        let mut evict = Command::new(python);
        command::read(evict.arg(workspace.root.join("xtask/peers/evict.py")).args(files)).map(drop)
    };
    let cold = (0..ROUNDS).map(|_| evict().and_then(|()| start())).collect::<Result<_>>()?;
    let warm = (0..ROUNDS).map(|_| start()).collect::<Result<_>>()?;
    Ok(Both { cold: median(cold), warm: median(warm) })
}

fn idle(elapsed: Duration, process: u32) -> Result<Start> {
    thread::sleep(Duration::from_secs(1));
    Ok(Start { milliseconds: elapsed.as_secs_f64() * 1e3, megabytes: resident_megabytes(process)? })
}

fn median(mut starts: Vec<Start>) -> Start {
    starts.sort_by(|one, other| one.milliseconds.total_cmp(&other.milliseconds));
    starts.swap_remove(starts.len() / 2)
}

/// Of a file, or of all in a folder, in bytes.
fn size(path: &Path) -> Result<u64> {
    let metadata = fs::symlink_metadata(path)?;
    if !metadata.is_dir() {
        return Ok(metadata.len());
    }
    fs::read_dir(path)?.map(|entry| size(&entry?.path())).sum()
}

/// One place behind the point.
fn rounded(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}
