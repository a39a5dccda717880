//! The service with its database under load, beside what one would write around ONNX Runtime.

use anyhow::{Context, Result};
use serde_json::Value;

use super::load::{Answers, Load, Outcome, Plan, Texts};
use super::peers::{self, Service};
use super::processes::processor_seconds;
use super::report::{Group, Record, machine};
use crate::build;
use crate::server::{Server, get};
use crate::workspace::Workspace;

/// As many as are answered, from 64 connections.
const FULL: Plan =
    Plan { seconds: 60, connections: 64, rate: None, texts: Texts::Different, is_too_much: false };
/// What one machine of a busy company gets.
const CALM: Plan = Plan { seconds: 30, rate: Some(1000), ..FULL };
/// More than can be answered, and as many at a time as twice may be under way.
const TOO_MUCH: Plan =
    Plan { seconds: 20, connections: 512, rate: Some(16_000), is_too_much: true, ..FULL };
/// Four times as many as may be under way, each of which comes back at once.
const CROWD: Plan = Plan { connections: 1024, rate: None, ..TOO_MUCH };
/// As it is with people, who say the same.
const POPULAR: Plan = Plan { seconds: 20, texts: Texts::Popular, ..FULL };
/// The peer's rate does not change over a minute.
const PEER_FULL: Plan = Plan { seconds: 20, ..FULL };

/// What one service did.
struct Outcomes {
    full: Outcome,
    calm: Outcome,
    too_much: Outcome,
    crowd: Outcome,
}

/// Measures with both cores shared by service and load.
///
/// # Errors
/// When something does not build or run, or an answer is none that it may be.
pub fn measure(workspace: &Workspace) -> Result<Group> {
    build::build(workspace)?;
    let load = Load::new(workspace)?;
    let python = peers::serving(workspace)?;
    eprintln!("  measuring, for about four minutes");
    let (ours, microseconds, kept) = {
        let server = Server::start(workspace, build::RELEASE)?;
        let url = format!("{}/api/v1/analyses", server.url());
        let before = processor_seconds(server.id())?;
        let full = load.run(&url, FULL)?;
        let seconds = processor_seconds(server.id())? - before;
        let kept = hit_rate(&server)?;
        let microseconds = seconds * 1e6 / full.accepted.count as f64;
        let ours = Outcomes {
            full,
            calm: load.run(&url, CALM)?,
            too_much: load.run(&url, TOO_MUCH)?,
            crowd: load.run(&url, CROWD)?,
        };
        (ours, microseconds, kept)
    };
    let (popular, popular_kept) = {
        let server = Server::start(workspace, build::RELEASE)?;
        let popular = load.run(&format!("{}/api/v1/analyses", server.url()), POPULAR)?;
        (popular, hit_rate(&server)?)
    };
    let peer = {
        let export = peers::export(workspace, &python)?;
        let peer = Service::start(workspace, &python, &export)?.whole();
        Outcomes {
            full: load.run(&peer.url(), PEER_FULL)?,
            calm: load.run(&peer.url(), CALM)?,
            too_much: load.run(&peer.url(), TOO_MUCH)?,
            crowd: load.run(&peer.url(), CROWD)?,
        }
    };
    Ok(Group {
        name: "http".to_owned(),
        title: "POST /api/v1/analyses".to_owned(),
        about: format!(
            "The release build in its default configuration: each tweet is read, stored in SQLite and on the disk before it is answered. The \
             peer is the same network in ONNX Runtime behind FastAPI (`xtask/peers/service.py`), a uvicorn worker a core; it stores nothing. \
             Load by oha, on the same cores, of 2,000,000 different texts: 64 connections that send again as soon as they are answered, for \
             60 s (the peer for 20 s); 1,000 requests a second and then 16,000, from 512 connections, with oha's correction for requests that had to wait; 1,024 connections that \
             send again at once. With 64 connections every answer was a 201, at {microseconds:.0} µs of processor time each, and {} of \
             the verdicts had been kept; *popular* are 100,000 texts by Zipf's law, of whose verdicts {} had been kept. At 16,000 a second {}; with 1,024 connections {}; \
             the peer refuses nobody.",
            percent(kept),
            percent(popular_kept),
            refusals(&ours.too_much),
            refusals(&ours.crowd),
        ),
        command: "cargo xtask bench http".to_owned(),
        machine: machine()?,
        records: records(&ours, &popular, &peer),
    })
}

/// The share of tweets whose verdict was kept, as the service tells it.
fn hit_rate(server: &Server) -> Result<f64> {
    let ready: Value = serde_json::from_str(&get(server.address(), "/health/ready")?)?;
    ready["cache"]["hit_rate"].as_f64().context("the service tells no hit rate")
}

fn refusals(Outcome { accepted, refused }: &Outcome) -> String {
    let Some(Answers { count, p50_ms, p99_ms, .. }) = refused else {
        return "nobody was refused".to_owned();
    };
    let share = *count as f64 / (count + accepted.count) as f64;
    format!(
        "{} of the answers were 429, half of them within {p50_ms:.1} ms and 99 % within {p99_ms:.1} ms",
        percent(share)
    )
}

fn percent(share: f64) -> String {
    format!("{:.1} %", 100.0 * share)
}

fn records(ours: &Outcomes, popular: &Outcome, peer: &Outcomes) -> Vec<Record> {
    let record = |case: &str, ours: f64, peer: f64, is_better_high: bool, unit: &str| Record {
        case: case.to_owned(),
        ours: rounded(ours),
        peer: rounded(peer),
        against: "FastAPI, ONNX Runtime float32".to_owned(),
        ratio: rounded(if is_better_high { ours / peer } else { peer / ours }),
        unit: unit.to_owned(),
    };
    let rate = |case: &str, ours: &Outcome, peer: &Outcome| {
        let (ours, peer) = (ours.accepted.per_second, peer.accepted.per_second);
        record(case, ours, peer, true, "requests/s")
    };
    let time = |case: &str, ours: &Outcome, peer: &Outcome, of: fn(&Answers) -> f64| {
        record(case, of(&ours.accepted), of(&peer.accepted), false, "ms")
    };
    vec![
        rate("64 connections", &ours.full, &peer.full),
        time("64 connections, p50", &ours.full, &peer.full, |answers| answers.p50_ms),
        time("64 connections, p99", &ours.full, &peer.full, |answers| answers.p99_ms),
        rate("64 connections, popular", popular, &peer.full),
        time("1,000 a second, p50", &ours.calm, &peer.calm, |answers| answers.p50_ms),
        time("1,000 a second, p99", &ours.calm, &peer.calm, |answers| answers.p99_ms),
        time("1,000 a second, p99.9", &ours.calm, &peer.calm, |answers| answers.p999_ms),
        rate("16,000 a second, accepted", &ours.too_much, &peer.too_much),
        time("16,000 a second, p99 of accepted", &ours.too_much, &peer.too_much, |answers| {
            answers.p99_ms
        }),
        rate("1,024 connections, accepted", &ours.crowd, &peer.crowd),
        time("1,024 connections, p99 of accepted", &ours.crowd, &peer.crowd, |answers| {
            answers.p99_ms
        }),
    ]
}

/// Two places behind the point.
fn rounded(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}
