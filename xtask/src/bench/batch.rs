//! A file of tweets through `vigie predict`, beside a script around ONNX Runtime.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use super::processes::most_resident_megabytes;
use super::report::{Group, Record, machine};
use super::{peers, tweets};
use crate::build;
use crate::command;
use crate::server::Server;
use crate::workspace::Workspace;

const ROWS: usize = 1_000_000;
/// What the slower peer reads of them.
const PEER_ROWS: usize = 100_000;

/// Measures on all cores.
///
/// # Errors
/// When something does not build or run.
pub fn measure(workspace: &Workspace) -> Result<Group> {
    build::build(workspace)?;
    let python = peers::serving(workspace)?;
    let tweets = tweets::csv(workspace, ROWS)?;
    eprintln!("  measuring, for about a minute");
    let ours = ours(workspace, &tweets)?;
    let peer = |precision: &str| peer(workspace, &python, &tweets, precision);
    let (uploaded, service_megabytes) = uploaded(workspace, &python, &tweets)?;
    let records =
        [("float32", peer("float32")?), ("int8", peer("int8")?)].map(|(precision, peer)| {
            let record = |case: &str, ours: f64, peer: f64, ratio: f64, unit: &str| Record {
                case: case.to_owned(),
                ours: rounded(ours),
                peer: rounded(peer),
                against: format!("Python, ONNX Runtime {precision}"),
                ratio: rounded(ratio),
                unit: unit.to_owned(),
            };
            let seconds = ROWS as f64 / peer.rows_per_second;
            let per_second = ROWS as f64 / ours.seconds;
            [
                record("1,000,000 tweets", ours.seconds, seconds, seconds / ours.seconds, "s"),
                record(
                    "tweets a second",
                    per_second,
                    peer.rows_per_second,
                    per_second / peer.rows_per_second,
                    "tweets/s",
                ),
                record(
                    "most resident memory",
                    ours.megabytes,
                    peer.megabytes,
                    peer.megabytes / ours.megabytes,
                    "MB",
                ),
                record(
                    "through the service, tweets a second",
                    ROWS as f64 / uploaded.reading,
                    peer.rows_per_second,
                    ROWS as f64 / uploaded.reading / peer.rows_per_second,
                    "tweets/s",
                ),
                record(
                    "through the service, most resident memory",
                    service_megabytes,
                    peer.megabytes,
                    peer.megabytes / service_megabytes,
                    "MB",
                ),
            ]
        });
    Ok(Group {
        name: "batch".to_owned(),
        title: "vigie predict: CSV to CSV".to_owned(),
        about: format!(
            "{ROWS} different texts of 5 to 23 words, drawn by Zipf's law from the vocabulary of the released English BiLSTM, in a CSV file \
             of {} MB; `vigie predict` writes it again with its ten columns, preprocessing and the guess at the language included. The peer \
             (`xtask/peers/batch.py`) is the same network in ONNX Runtime, a process a core: it splits texts by one regular expression, \
             sorts 4,096 rows at a time by length, reads them in batches of 128 and writes three columns. It gets the first {PEER_ROWS} rows, \
             and its time is scaled up; its start is not counted, ours is. Memory is that of all processes together. *Through the \
             service* the same file is uploaded in slices of 8 MB (`xtask/peers/upload.py`, {:.1} s) and then read in the background, which is what is \
             measured; shares, words and every row are kept to be asked for.",
            fs::metadata(&tweets)?.len() / 1_000_000,
            uploaded.upload
        ),
        command: "cargo xtask bench batch".to_owned(),
        machine: machine()?,
        records: records.into_iter().flatten().collect(),
    })
}

struct Ours {
    seconds: f64,
    megabytes: f64,
}

fn ours(workspace: &Workspace, tweets: &Path) -> Result<Ours> {
    let scored = workspace.target.join("bench-scored.csv");
    let start = Instant::now();
    let mut vigie = Command::new(build::binary(workspace, build::RELEASE))
        .current_dir(&workspace.root)
        .env_remove("VIGIE_MODEL")
        .arg("predict")
        .arg("--input")
        .arg(tweets)
        .arg("--output")
        .arg(&scored)
        .stdout(Stdio::null())
        .spawn()
        .context("cannot start vigie")?;
    let megabytes = most_resident(&mut vigie)?;
    let seconds = start.elapsed().as_secs_f64();
    ensure!(vigie.wait()?.success(), "vigie predict failed");
    let rows = fs::read_to_string(&scored)?.lines().count() - 1;
    ensure!(rows == ROWS, "{rows} of {ROWS} rows were written");
    fs::remove_file(scored)?;
    Ok(Ours { seconds, megabytes })
}

/// Waits for the end of a process; gives the most memory that it ever held, in megabytes.
fn most_resident(process: &mut Child) -> Result<f64> {
    let mut megabytes = 0.0;
    while process.try_wait()?.is_none() {
        // The mark itself never falls; it is gone when the process is.
        megabytes = most_resident_megabytes(process.id()).unwrap_or(megabytes);
        thread::sleep(Duration::from_millis(20));
    }
    Ok(megabytes)
}

/// The same file through the service, as the page and REST bring it.
fn uploaded(workspace: &Workspace, python: &Path, tweets: &Path) -> Result<(Uploaded, f64)> {
    let server = Server::start(workspace, build::RELEASE)?;
    let mut script = Command::new(python);
    script.arg(workspace.root.join("xtask/peers/upload.py")).arg(server.url()).arg(tweets);
    let said = command::read(&mut script)?;
    let uploaded: Uploaded =
        serde_json::from_str(&said).with_context(|| format!("`{said}` is no figure"))?;
    ensure!(uploaded.rows == ROWS, "{} of {ROWS} rows were read", uploaded.rows);
    let megabytes = most_resident_megabytes(server.id());
    Ok((uploaded, megabytes.context("the service is gone")?))
}

/// What the client of the service says.
#[derive(Deserialize)]
struct Uploaded {
    /// Seconds.
    upload: f64,
    /// Seconds.
    reading: f64,
    rows: usize,
}

/// What the script says of itself.
#[derive(Deserialize)]
struct Peer {
    rows_per_second: f64,
    megabytes: f64,
}

fn peer(workspace: &Workspace, python: &Path, tweets: &Path, precision: &str) -> Result<Peer> {
    let mut script = Command::new(python);
    script.arg(workspace.root.join("xtask/peers/batch.py"));
    script.arg(workspace.root.join("models/bilstm")).arg(tweets);
    script.arg(workspace.target.join("bench-scored-by-peer.csv"));
    let said = command::read(script.args([precision, &PEER_ROWS.to_string()]))?;
    serde_json::from_str(&said).with_context(|| format!("`{said}` is no figure"))
}

/// Two places behind the point.
fn rounded(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}
