//! A server that fails costs no training anything.

use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use crate::{
    bad_server,
    mlflow::{MlflowServer, free_port},
    toy,
};

fn json(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

/// The last words of each record: steps and figures, without times.
fn records(run: &Path) -> Vec<Value> {
    let text = fs::read_to_string(run.join("metrics.jsonl")).unwrap();
    let mut records: Vec<Value> =
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for record in &mut records {
        record["at_ms"].take();
        record["metrics"]["seconds in steps"].take();
    }
    records
}

#[test]
fn a_server_that_is_down_silent_or_dies_half_way_changes_no_training() {
    let folder = toy::prepared();
    let at = folder.path();
    let begin = Instant::now();
    toy::train(at, "alone", &[]);
    // One answer that is waited for takes the client 30 seconds to give up.
    let limit = 3 * begin.elapsed() + Duration::from_secs(25);
    assert!(!at.join("alone/sent.json").exists());
    let (silent, _listener) = bad_server::silent();
    let (dying, asked) = bad_server::dying(3);
    let down = format!("http://127.0.0.1:{}", free_port());
    for (name, address) in [("down", &down), ("silent", &silent), ("dying", &dying)] {
        let begin = Instant::now();
        let said = toy::train(at, name, &[("MLFLOW_TRACKING_URI", address)]);
        assert!(begin.elapsed() < limit, "{name} was waited for");
        let word = format!("`vigie-train track {name}`");
        assert_eq!(said.matches(&word).count(), 1, "{name}: {said}");
        for file in ["best.safetensors", "recipe.toml"] {
            let read = |run: &str| fs::read(at.join(run).join(file)).unwrap();
            assert!(read(name) == read("alone"), "{name}: another {file}");
        }
        assert_eq!(records(&at.join(name)), records(&at.join("alone")), "{name}");
        let account = json(&at.join(name).join("run.json"));
        assert_eq!(account["ended"]["status"], "FINISHED", "{name}");
        assert_eq!(account["parameters"], json(&at.join("alone/run.json"))["parameters"]);
    }
    assert_eq!(asked.iter().count(), 3);
    assert_eq!(json(&at.join("dying/sent.json"))["run"]["id"], "r");

    // What was not sent is sent later, to whichever server is there then.
    if let Some(server) = MlflowServer::shared() {
        let environment =
            [("MLFLOW_TRACKING_URI", server.url.as_str()), ("MLFLOW_EXPERIMENT_NAME", "later")];
        for _ in 0..2 {
            toy::succeed(at, &["track", "down", "silent", "dying"], &environment);
        }
        let runs = server.runs("later");
        assert_eq!(runs.len(), 3);
        for run in &runs {
            assert_eq!(run["info"]["status"], "FINISHED");
            assert_eq!(server.history(run, "validation score").len(), 3);
        }
    }
}

#[test]
fn a_run_is_tracked_later_only_where_there_are_a_server_and_a_run() {
    let folder = tempfile::tempdir().unwrap();
    let said = |environment: &[(&str, &str)]| {
        let output = toy::command(folder.path(), &["track", "."], environment);
        assert!(!output.status.success());
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(said(&[]).contains("set MLFLOW_TRACKING_URI"));
    assert!(said(&[("MLFLOW_TRACKING_URI", "sqlite:///a")]).contains("http: or https:"));
    assert!(said(&[("MLFLOW_TRACKING_URI", "http://127.0.0.1:9")]).contains("it is no run"));
}

#[test]
fn a_run_that_cannot_be_sent_keeps_none_of_the_others_back() {
    let folder = tempfile::tempdir().unwrap();
    let account = json!({"key": "k", "name": "toy", "of": "", "started_at_ms": 1,
        "parameters": {}, "tags": {}, "ended": null});
    for (run, account) in [("damaged", "{".to_owned()), ("sound", account.to_string())] {
        fs::create_dir(folder.path().join(run)).unwrap();
        fs::write(folder.path().join(run).join("run.json"), account).unwrap();
    }
    let (address, asked) = bad_server::dying(1);
    let environment = [("MLFLOW_TRACKING_URI", address.as_str())];
    let words = ["track", "missing", "damaged", "sound"];
    let output = toy::command(folder.path(), &words, &environment);
    assert!(!output.status.success());
    let said = String::from_utf8(output.stderr).unwrap();
    for word in ["missing", "damaged is not on", "sound is not on", "3 of the runs failed"] {
        assert!(said.contains(word), "{word}: {said}");
    }
    assert_eq!(asked.iter().count(), 1, "the sound run was not sent");
}

#[test]
fn the_server_is_told_who_asks_as_mlflows_own_clients_tell_it() {
    let folder = tempfile::tempdir().unwrap();
    let account = json!({"key": "k", "name": "toy", "of": "", "started_at_ms": 1,
        "parameters": {}, "tags": {}, "ended": null});
    fs::write(folder.path().join("run.json"), account.to_string()).unwrap();
    let token = ("MLFLOW_TRACKING_TOKEN", "ticket");
    let user = [("MLFLOW_TRACKING_USERNAME", "kim"), ("MLFLOW_TRACKING_PASSWORD", "secret"), token];
    for (login, header) in [
        (&user[..], "authorization: Basic a2ltOnNlY3JldA=="),
        (&[token], "authorization: Bearer ticket"),
    ] {
        let (address, asked) = bad_server::dying(1);
        let environment = [&[("MLFLOW_TRACKING_URI", address.as_str())], login].concat();
        let output = toy::command(folder.path(), &["track", "."], &environment);
        let head = asked.recv().unwrap();
        assert!(head.contains(header), "{head}");
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(!said.contains("secret") && !said.contains("ticket"), "{said}");
    }
}
