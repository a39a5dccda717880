//! Load by `oha`, which is compiled once and kept.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::command;
use crate::setup;
use crate::workspace::Workspace;

const VERSION: &str = "1.16.0";
/// Texts that differ, of which oha sends one by chance: so many that hardly one is sent again while
/// the service has its verdict.
const TEXTS: usize = 2_000_000;
/// Of texts of which some come often: how many there are, and how many are sent to choose from.
const POPULAR: usize = 100_000;
const CHOICES: usize = 500_000;

/// Sends tweets to services.
pub struct Load {
    oha: PathBuf,
    different: PathBuf,
    popular: PathBuf,
}

/// How much is sent.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    pub seconds: u32,
    /// Connections, each of which sends again when it is answered.
    pub connections: u32,
    /// Requests a second in all; as many as are answered if there is no limit.
    pub rate: Option<u32>,
    pub texts: Texts,
    /// Whether an answer may be 429.
    pub is_too_much: bool,
}

/// What is sent.
#[derive(Clone, Copy, Debug)]
pub enum Texts {
    /// All alike often, and hardly ever one twice.
    Different,
    /// Some more often than others: the one of rank *r* in proportion to 1 / *r*.
    Popular,
}

/// What came of it.
#[derive(Debug)]
pub struct Outcome {
    /// What was answered 201.
    pub accepted: Answers,
    /// What was answered 429, if anything was.
    pub refused: Option<Answers>,
}

/// Requests that were answered alike.
#[derive(Debug)]
pub struct Answers {
    pub count: u64,
    pub per_second: f64,
    /// Milliseconds within which half of the requests, 99 %, and 99.9 % were answered.
    pub p50_ms: f64,
    pub p99_ms: f64,
    pub p999_ms: f64,
}

impl Load {
    /// Installs `oha`, unless it is there, and writes the bodies.
    ///
    /// # Errors
    /// When it does not compile or a file cannot be written.
    pub fn new(workspace: &Workspace) -> Result<Self> {
        let features = ["--no-default-features", "--features=rustls"];
        let programs = setup::cargo_programs(workspace, "oha", VERSION, &features);
        let oha = programs.context("oha, which makes the load, cannot be compiled")?.join("oha");
        let tweets = fs::read_to_string(workspace.root.join("xtask/peers/tweets.txt"))?;
        let write = |name: &str, bodies: &dyn Fn(&str, &mut dyn Write) -> io::Result<()>| {
            let path = workspace.target.join(name);
            let mut file = BufWriter::new(File::create(&path)?);
            bodies(&tweets, &mut file).and_then(|()| file.flush())?;
            anyhow::Ok(path)
        };
        let different = write("bench-bodies.txt", &different).context("no bodies")?;
        let popular = write("bench-popular-bodies.txt", &popular).context("no bodies")?;
        Ok(Self { oha, different, popular })
    }

    /// Posts to `url` by `plan`.
    ///
    /// # Errors
    /// When an answer is neither 201 nor, where the plan is too much, 429.
    pub fn run(&self, url: &str, plan: Plan) -> Result<Outcome> {
        let Plan { seconds, connections, rate, texts, is_too_much } = plan;
        let mut oha = Command::new(&self.oha);
        oha.args(["--no-tui", "--output-format", "json", "-m", "POST", "-T", "application/json"]);
        oha.args(["-w", "-z", &format!("{seconds}s"), "-c", &connections.to_string()]);
        if let Some(rate) = rate {
            oha.args(["--latency-correction", "-q", &rate.to_string()]);
        }
        let bodies = match texts {
            Texts::Different => &self.different,
            Texts::Popular => &self.popular,
        };
        oha.arg("--stats-success-breakdown").arg("-Z").arg(bodies);
        let said = command::read(oha.arg(url))?;
        outcome(&serde_json::from_str(&said).context("oha gave no JSON")?, is_too_much)
    }
}

fn outcome(said: &Value, is_too_much: bool) -> Result<Outcome> {
    let codes = said["statusCodeDistribution"].as_object().context("oha counted no answers")?;
    let errors = &said["errorDistribution"];
    let is_good = codes.keys().all(|code| code == "201" || code == "429" && is_too_much);
    ensure!(
        is_good && errors.as_object().is_none_or(serde_json::Map::is_empty),
        "{codes:?}, {errors}"
    );
    let answers = |code: &str, percentiles: &str| {
        let Some(count) = codes.get(code).and_then(Value::as_u64) else { return Ok(None) };
        let number = |value: &Value| value.as_f64().context("oha gave no number");
        let within =
            |percent: &str| number(&said[percentiles][percent]).map(|seconds| seconds * 1000.0);
        anyhow::Ok(Some(Answers {
            count,
            per_second: count as f64 / number(&said["summary"]["total"])?,
            p50_ms: within("p50")?,
            p99_ms: within("p99")?,
            p999_ms: within("p99.9")?,
        }))
    };
    let accepted = answers("201", "latencyPercentilesSuccessful")?;
    Ok(Outcome {
        accepted: accepted.context("nothing was accepted")?,
        refused: answers("429", "latencyPercentilesNotSuccessful")?,
    })
}

/// Bodies, one a line, of tweets to which a number is added.
fn different(tweets: &str, file: &mut dyn Write) -> io::Result<()> {
    let tweets: Vec<&str> = tweets.lines().collect();
    (0..TEXTS).try_for_each(|number| body(&tweets, number, file))
}

/// Bodies, one a line; an even choice of the lines is Zipf's choice of the texts.
fn popular(tweets: &str, file: &mut dyn Write) -> io::Result<()> {
    let tweets: Vec<&str> = tweets.lines().collect();
    let whole: f64 = (1..=POPULAR).map(|rank| 1.0 / rank as f64).sum();
    for rank in 1..=POPULAR {
        let share = CHOICES as f64 / (rank as f64 * whole);
        for _ in 0..share.round().max(1.0) as usize {
            body(&tweets, rank, file)?;
        }
    }
    Ok(())
}

fn body(tweets: &[&str], number: usize, file: &mut dyn Write) -> io::Result<()> {
    let text = format!("{} {number:x}", tweets[number % tweets.len()]);
    writeln!(file, "{}", serde_json::json!({ "text": text }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(codes: &str, errors: &str, is_too_much: bool) -> Result<Outcome> {
        let percentiles = r#"{"p50": 0.001, "p99": 0.002, "p99.9": 0.003}"#;
        let text = format!(
            r#"{{"summary": {{"total": 2.0}}, "latencyPercentilesSuccessful": {percentiles},
            "latencyPercentilesNotSuccessful": {percentiles},
            "statusCodeDistribution": {codes}, "errorDistribution": {errors}}}"#
        );
        outcome(&serde_json::from_str(&text).unwrap(), is_too_much)
    }

    #[test]
    fn an_answer_that_is_no_201_is_an_error() {
        let Outcome { accepted, refused } = said(r#"{"201": 7}"#, "{}", false).unwrap();
        assert_eq!((accepted.count, accepted.p99_ms, accepted.per_second), (7, 2.0, 3.5));
        assert!(refused.is_none());
        assert!(said(r#"{"201": 7, "429": 1}"#, "{}", false).is_err());
        assert!(said(r#"{"201": 7}"#, r#"{"connection refused": 1}"#, false).is_err());
    }

    #[test]
    fn where_too_much_is_sent_a_429_is_none() {
        let Outcome { accepted, refused } = said(r#"{"201": 7, "429": 1}"#, "{}", true).unwrap();
        assert_eq!((accepted.count, refused.unwrap().count), (7, 1));
        assert!(said(r#"{"201": 7, "503": 1}"#, "{}", true).is_err());
    }

    fn lines(bodies: impl Fn(&str, &mut dyn Write) -> io::Result<()>) -> Vec<String> {
        let mut written = Vec::new();
        bodies("late again\nthanks", &mut written).unwrap();
        String::from_utf8(written).unwrap().lines().map(str::to_owned).collect()
    }

    #[test]
    fn no_body_comes_twice() {
        let mut lines = lines(different);
        assert_eq!(lines[1], r#"{"text":"thanks 1"}"#);
        lines.sort_unstable();
        lines.dedup();
        assert_eq!(lines.len(), TEXTS);
    }

    #[test]
    fn the_most_popular_text_comes_twice_as_often_as_the_next() {
        let lines = lines(popular);
        let of = |body: &str| lines.iter().filter(|&line| line == body).count();
        let (first, second) = (of(r#"{"text":"thanks 1"}"#), of(r#"{"text":"late again 2"}"#));
        assert!(first.abs_diff(2 * second) <= 2, "{first} and {second}");
        assert_eq!(of(r#"{"text":"late again 186a0"}"#), 1);
    }
}
