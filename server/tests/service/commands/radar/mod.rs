//! `vigie radar` as people run it.

mod airlines;
mod lines;

use std::{
    fs,
    io::Write,
    path::PathBuf,
    process::{Output, Stdio},
};

use bundle_fixture::SmallBundle;
use flate2::{Compression, write::GzEncoder};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::program::{complaint, vigie};

/// A folder with a model, where `vigie radar` is run.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        SmallBundle::default().write(&folder.path().join("models/bilstm"));
        Self(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn put(&self, name: &str, content: impl AsRef<[u8]>) -> &Self {
        fs::write(self.path(name), content).unwrap();
        self
    }

    fn radar(&self, arguments: &[&str]) -> Output {
        let mut command = vigie();
        command.current_dir(self.0.path()).arg("radar").args(arguments).stdin(Stdio::null());
        command.output().unwrap()
    }

    /// Runs to success and gives the incidents on standard output.
    #[track_caller]
    fn incidents(&self, arguments: &[&str]) -> Vec<Value> {
        let output = self.radar(arguments);
        assert!(output.status.success(), "{}", complaint(&output));
        objects(&String::from_utf8(output.stdout).unwrap())
    }
}

fn objects(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Nine days of thirty tweets an hour, a third of them negative, and three hours of a crisis on the last.
fn stream() -> Vec<Value> {
    let mut lines = Vec::new();
    for number in 0..9 * 24 * 30_i64 {
        let label = ["negative", "neutral", "positive"][(number * 7919 % 3) as usize];
        lines.push(line(number * 120, number, label, "late_flight"));
    }
    for number in 0..90 {
        let second = (8 * 24 + 6) * 3600 + number * 120 + 7;
        lines.push(line(second, 100_000 + number, "negative", "lost_luggage"));
    }
    lines.sort_by_key(|line| line["at"].as_str().unwrap().to_owned());
    lines
}

fn line(second: i64, number: i64, label: &str, reason: &str) -> Value {
    let at = jiff::Timestamp::from_second(1_700_000_000 + second).unwrap();
    // Words of letters alone: digits are what copies differ in.
    let word = |factor: i64| -> String {
        let digits = ((number + 11) * factor % 99_991).to_string();
        digits.bytes().map(|digit| char::from(b'a' + digit - b'0')).collect()
    };
    let text = format!("{} {} {} {}", word(7), word(9_973), word(31_337), word(65_537));
    let reason = (label == "negative").then_some(reason);
    json!({"at": at.to_string(), "watch": "w", "author": format!("a{number}"), "text": text, "label": label, "reason": reason})
}

fn jsonl(lines: &[Value]) -> String {
    lines.iter().map(|line| format!("{line}\n")).collect()
}

fn gzip(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn a_crisis_is_one_line_with_its_times_and_cause() {
    let desk = Desk::new();
    desk.put("in.jsonl", jsonl(&stream()));
    let found = desk.incidents(&["--input", "in.jsonl"]);
    assert_eq!(found.len(), 1, "{found:#?}");
    let incident = &found[0];
    assert_eq!((&incident["watch"], &incident["cause"]), (&json!("w"), &json!("lost_luggage")));
    let time = |name: &str| incident[name].as_str().unwrap().parse::<jiff::Timestamp>().unwrap();
    let begin = jiff::Timestamp::from_second(1_700_000_000 + (8 * 24 + 6) * 3600).unwrap();
    assert!(time("started_at") <= time("detected_at") && time("started_at") <= time("peak_at"));
    let minutes = time("detected_at").duration_since(begin).as_mins();
    assert!((0..90).contains(&minutes), "{minutes}");
    assert!(incident["detected_at"].as_str().unwrap().ends_with('Z'));
    let confidence = incident["confidence"].as_f64().unwrap();
    assert!((0.0..=1.0).contains(&confidence));
    assert!(
        ["low", "moderate", "high", "critical"].contains(&incident["severity"].as_str().unwrap())
    );
}

#[test]
fn compressed_piped_and_written_to_a_file_it_is_the_same() {
    let desk = Desk::new();
    let text = jsonl(&stream());
    desk.put("in.jsonl", &text).put("in.jsonl.gz", gzip(&text));
    let plain = desk.incidents(&["--input", "in.jsonl"]);
    assert_eq!(desk.incidents(&["-i", "in.jsonl.gz"]), plain);
    assert_eq!(desk.incidents(&["-i", "in.jsonl", "-o", "out.jsonl"]), Vec::<Value>::new());
    assert_eq!(objects(&fs::read_to_string(desk.path("out.jsonl")).unwrap()), plain);
    let mut piped = vigie();
    piped.current_dir(desk.path("")).args(["radar", "--input", "-", "--output", "-"]);
    piped.stdin(fs::File::open(desk.path("in.jsonl.gz")).unwrap());
    let output = piped.output().unwrap();
    assert_eq!(objects(&String::from_utf8(output.stdout).unwrap()), plain);
}

#[test]
fn labels_alone_need_no_model_and_are_enough() {
    let desk = Desk::new();
    fs::remove_dir_all(desk.path("models")).unwrap();
    let mut lines = stream();
    for line in &mut lines {
        let line = line.as_object_mut().unwrap();
        line.retain(|name, _| ["at", "watch", "label"].contains(&name.as_str()));
    }
    desk.put("in.jsonl", jsonl(&lines));
    assert_eq!(desk.incidents(&["--input", "in.jsonl"]).len(), 1);
    desk.put("open.jsonl", "{\"at\": \"2015-02-22T11:00:00Z\", \"text\": \"good\"}\n");
    let output = desk.radar(&["--input", "open.jsonl"]);
    assert!(!output.status.success());
    assert!(complaint(&output).contains("give --model DIR, or a label in every tweet"));
}

#[test]
fn what_has_no_label_is_judged_by_the_model() {
    let desk = Desk::new();
    let mut lines = stream();
    for line in &mut lines {
        let text = if line["label"] == "negative" { "bad" } else { "good" };
        line["text"] = json!(format!("{text} {}", line["text"].as_str().unwrap()));
        line.as_object_mut().unwrap().retain(|name, _| name != "label" && name != "reason");
    }
    desk.put("in.jsonl", jsonl(&lines));
    let judged = desk.incidents(&["--input", "in.jsonl"]);
    for line in &mut lines {
        line["label"] = json!("neutral");
    }
    desk.put("neutral.jsonl", jsonl(&lines));
    let given = desk.incidents(&["--input", "neutral.jsonl"]);
    assert_eq!(given, Vec::<Value>::new(), "a given label is taken as it is");
    assert!(judged.len() <= 1);
}
