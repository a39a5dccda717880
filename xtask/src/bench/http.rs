//! The service with its database under load, beside what one would write around ONNX Runtime.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};

use super::load::{Load, Outcome, Plan, processor_seconds};
use super::peers;
use super::report::{Group, Record, machine};
use crate::build;
use crate::server::{Server, free_address, wait_until_ready};
use crate::workspace::Workspace;

/// As many as are answered, from 64 connections.
const FULL: Plan = Plan { seconds: 60, connections: 64, rate: None };
/// What one machine of a busy company gets.
const CALM: Plan = Plan { seconds: 30, connections: 64, rate: Some(1000) };

/// Measures with both cores shared by service and load.
///
/// # Errors
/// When something does not build or run, or an answer is no 201.
pub fn measure(workspace: &Workspace) -> Result<Group> {
    build::build(workspace)?;
    let load = Load::new(workspace)?;
    let python = peers::python(workspace)?;
    eprintln!("  measuring, for about three minutes");
    let (ours, ours_calm, microseconds) = {
        let server = Server::start(workspace, build::RELEASE)?;
        let url = format!("{}/api/v1/analyses", server.url());
        let before = processor_seconds(server.id())?;
        let full = load.run(&url, FULL)?;
        let seconds = processor_seconds(server.id())? - before;
        let microseconds = seconds * 1e6 / full.requests as f64;
        (full, load.run(&url, CALM)?, microseconds)
    };
    let (peer, peer_calm) = {
        let peer = Peer::start(workspace, &python)?;
        (load.run(&peer.url, FULL)?, load.run(&peer.url, CALM)?)
    };
    Ok(Group {
        name: "http".to_owned(),
        title: "POST /api/v1/analyses".to_owned(),
        about: format!(
            "The release build in its default configuration: each tweet is read, stored in SQLite and on the disk before it is answered; each \
             answer was a 201. The peer is the same network in ONNX Runtime behind FastAPI (`xtask/peers/service.py`), a uvicorn worker a core; \
             it stores nothing. Load by oha with 120,000 different texts, on the same cores: first 64 connections that send again as soon as they \
             are answered, for 60 s, then 1,000 requests a second for 30 s, with oha's correction for requests that had to wait. Ours took \
             {microseconds:.0} µs of processor time a request."
        ),
        command: "cargo xtask bench http".to_owned(),
        machine: machine()?,
        records: records(&ours, &peer, &ours_calm, &peer_calm),
    })
}

fn records(
    ours: &Outcome,
    peer: &Outcome,
    ours_calm: &Outcome,
    peer_calm: &Outcome,
) -> Vec<Record> {
    let record = |case: &str, ours: f64, peer: f64, is_better_high: bool, unit: &str| Record {
        case: case.to_owned(),
        ours: rounded(ours),
        peer: rounded(peer),
        against: "FastAPI, ONNX Runtime float32".to_owned(),
        ratio: rounded(if is_better_high { ours / peer } else { peer / ours }),
        unit: unit.to_owned(),
    };
    vec![
        record("64 connections", ours.per_second, peer.per_second, true, "requests/s"),
        record("64 connections, p50", ours.p50_ms, peer.p50_ms, false, "ms"),
        record("64 connections, p99", ours.p99_ms, peer.p99_ms, false, "ms"),
        record("1,000 a second, p50", ours_calm.p50_ms, peer_calm.p50_ms, false, "ms"),
        record("1,000 a second, p99", ours_calm.p99_ms, peer_calm.p99_ms, false, "ms"),
        record("1,000 a second, p99.9", ours_calm.p999_ms, peer_calm.p999_ms, false, "ms"),
    ]
}

/// Two places behind the point.
fn rounded(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}

/// The service in Python, stopped when it is dropped.
struct Peer {
    child: Child,
    url: String,
}

impl Peer {
    fn start(workspace: &Workspace, python: &Path) -> Result<Self> {
        let address = free_address()?;
        let cores = thread::available_parallelism()?.to_string();
        let child = Command::new(python)
            .current_dir(workspace.root.join("xtask/peers"))
            .env("BUNDLE", workspace.root.join("models/bilstm"))
            .args(["-m", "uvicorn", "service:app", "--no-access-log", "--log-level=error"])
            .args(["--host", "127.0.0.1", "--port", &address.port().to_string()])
            .args(["--workers", &cores])
            .stdout(Stdio::null())
            .spawn()
            .context("uvicorn cannot be started")?;
        let mut peer = Self { child, url: format!("http://{address}/api/v1/analyses") };
        wait_until_ready(&mut peer.child, address)
            .context("the service in Python does not start")?;
        // The other workers start with the first.
        thread::sleep(Duration::from_secs(3));
        Ok(peer)
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        // Its workers end with it when they are asked to; both fail only for one that has ended.
        drop(Command::new("kill").arg(self.child.id().to_string()).status());
        drop(self.child.wait());
    }
}
