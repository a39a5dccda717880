//! Load by `oha`, which is compiled once and kept.

use std::fmt::Write;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::command;
use crate::workspace::Workspace;

const VERSION: &str = "1.16.0";
/// Texts that differ, so that none comes twice in a few seconds.
const TEXTS: usize = 120_000;

/// Sends tweets to services, each in a body of its own.
pub struct Load {
    oha: PathBuf,
    bodies: PathBuf,
}

/// How much is sent.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    pub seconds: u32,
    /// Connections, each of which sends again when it is answered.
    pub connections: u32,
    /// Requests a second in all; as many as are answered if there is no limit.
    pub rate: Option<u32>,
}

/// What came of it.
#[derive(Debug)]
pub struct Outcome {
    pub per_second: f64,
    /// Milliseconds within which half of the requests, 99 %, and 99.9 % were answered.
    pub p50_ms: f64,
    pub p99_ms: f64,
    pub p999_ms: f64,
    pub requests: u64,
}

impl Load {
    /// Installs `oha`, unless it is there, and writes the bodies.
    ///
    /// # Errors
    /// When it does not compile or a file cannot be written.
    pub fn new(workspace: &Workspace) -> Result<Self> {
        let folder = workspace.target.join(format!("oha-{VERSION}"));
        let oha = folder.join("bin/oha");
        if !oha.exists() {
            let mut cargo = workspace.cargo();
            cargo.args(["install", "--locked", "--root"]).arg(&folder);
            cargo.args(["--version", VERSION, "--no-default-features", "--features=rustls", "oha"]);
            command::run(&mut cargo).context("oha, which makes the load, cannot be compiled")?;
        }
        let bodies = workspace.target.join("bench-bodies.txt");
        let tweets = fs::read_to_string(workspace.root.join("xtask/peers/tweets.txt"))?;
        fs::write(&bodies, self::bodies(&tweets))
            .with_context(|| format!("{} cannot be written", bodies.display()))?;
        Ok(Self { oha, bodies })
    }

    /// Posts to `url` by `plan`.
    ///
    /// # Errors
    /// When an answer is no 201.
    pub fn run(&self, url: &str, plan: Plan) -> Result<Outcome> {
        let Plan { seconds, connections, rate } = plan;
        let mut oha = Command::new(&self.oha);
        oha.args(["--no-tui", "--output-format", "json", "-m", "POST", "-T", "application/json"]);
        oha.args(["-w", "-z", &format!("{seconds}s"), "-c", &connections.to_string()]);
        if let Some(rate) = rate {
            oha.args(["--latency-correction", "-q", &rate.to_string()]);
        }
        let said = command::read(oha.arg("-Z").arg(&self.bodies).arg(url))?;
        outcome(&serde_json::from_str(&said).context("oha gave no JSON")?)
    }
}

fn outcome(said: &Value) -> Result<Outcome> {
    let codes = said["statusCodeDistribution"].as_object().context("oha counted no answers")?;
    let errors = &said["errorDistribution"];
    let is_good = codes.keys().all(|code| code == "201");
    ensure!(
        is_good && errors.as_object().is_none_or(serde_json::Map::is_empty),
        "{codes:?}, {errors}"
    );
    let number = |value: &Value| value.as_f64().context("oha gave no number");
    let within = |percent: &str| {
        number(&said["latencyPercentiles"][percent]).map(|seconds| seconds * 1000.0)
    };
    Ok(Outcome {
        per_second: number(&said["summary"]["requestsPerSec"])?,
        p50_ms: within("p50")?,
        p99_ms: within("p99")?,
        p999_ms: within("p99.9")?,
        requests: codes.values().filter_map(Value::as_u64).sum(),
    })
}

/// Bodies, one a line, of tweets to which a number is added.
fn bodies(tweets: &str) -> String {
    let tweets: Vec<&str> = tweets.lines().collect();
    let mut lines = String::new();
    for number in 0..TEXTS {
        let text = format!("{} {number:x}", tweets[number % tweets.len()]);
        // Writing to a string cannot fail.
        let _ = writeln!(lines, "{}", serde_json::json!({ "text": text }));
    }
    lines
}

/// The time that the process has had of all cores, in seconds.
///
/// # Errors
/// When the system does not say.
pub fn processor_seconds(process: u32) -> Result<f64> {
    let path = format!("/proc/{process}/stat");
    let stat = fs::read_to_string(&path).with_context(|| format!("{path} is missing"))?;
    // After the name in parentheses; user and system time are the 14th and 15th fields of all.
    let fields: Vec<&str> =
        stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |place: usize| fields.get(place).and_then(|ticks| ticks.parse::<f64>().ok());
    let sum = ticks(11).zip(ticks(12)).map(|(user, system)| user + system);
    // The unit of these fields is a hundredth of a second on Linux.
    sum.map(|ticks| ticks / 100.0).with_context(|| format!("{path} is of another form"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_that_is_no_201_is_an_error() {
        let said = |codes: &str, errors: &str| {
            let text = format!(
                r#"{{"summary": {{"requestsPerSec": 10.5}}, "latencyPercentiles": {{"p50": 0.001, "p99": 0.002, "p99.9": 0.003}},
                "statusCodeDistribution": {codes}, "errorDistribution": {errors}}}"#
            );
            outcome(&serde_json::from_str(&text).unwrap())
        };
        let good = said(r#"{"201": 7}"#, "{}").unwrap();
        assert_eq!((good.requests, good.p99_ms, good.per_second), (7, 2.0, 10.5));
        assert!(said(r#"{"201": 7, "429": 1}"#, "{}").is_err());
        assert!(said(r#"{"201": 7}"#, r#"{"connection refused": 1}"#).is_err());
    }

    #[test]
    fn no_body_comes_twice() {
        let bodies = bodies("late again\nthanks");
        let mut lines: Vec<&str> = bodies.lines().collect();
        assert_eq!(lines[1], r#"{"text":"thanks 1"}"#);
        lines.sort_unstable();
        lines.dedup();
        assert_eq!(lines.len(), TEXTS);
    }
}
