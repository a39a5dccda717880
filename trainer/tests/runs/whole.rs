//! Everything about a run is on the server, once.

use std::fs;

use serde_json::Value;

use crate::{
    mlflow::{MlflowServer, word},
    toy,
};

#[test]
fn a_training_and_the_bundle_made_of_it_are_on_the_server_once() {
    let Some(server) = MlflowServer::shared() else {
        return;
    };
    let folder = toy::prepared();
    let at = folder.path();
    let environment = [("MLFLOW_TRACKING_URI", server.url.as_str())];
    let said = toy::train(at, "run", &environment);
    assert!(!said.contains("vigie-train track"), "{said}");

    let run = &server.runs("vigie")[0];
    assert_eq!(run["info"]["status"], "FINISHED");
    assert_eq!(run["info"]["run_name"], "toy");
    assert_eq!(word(run, "params", "train.epochs"), "3");
    assert_eq!(word(run, "params", "source.0.validation"), "0.2");
    assert_eq!(word(run, "params", "preprocess.brands"), r#"["delta"]"#);
    assert_eq!(word(run, "tags", "vigie.seed"), "1");
    assert!(word(run, "tags", "vigie.command").contains("&& vigie-train train --recipe toy.toml"));
    assert_eq!(word(run, "tags", "vigie.source.people.sha256").len(), 64);
    let records: Vec<Value> = fs::read_to_string(at.join("run/metrics.jsonl"))
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    for metric in ["train loss", "validation people macro F1", "people validation macro F1"] {
        let of = |record: &Value| {
            let value = record["metrics"][metric].as_f64()?;
            Some((record["step"].as_u64().unwrap(), value))
        };
        let written: Vec<(u64, f64)> = records.iter().filter_map(of).collect();
        assert!(!written.is_empty());
        assert_eq!(server.history(run, metric), written, "{metric}");
    }
    let files = server.files(run, "");
    for file in ["curves.svg", "recipe.toml", "report.json", "result.json", "origin.json"] {
        assert!(files.iter().any(|known| known == file), "{file} is not among {files:?}");
    }

    let export = ["export", "--run", "run", "--data", ".", "--output", "bundle"];
    toy::succeed(at, &export, &environment);
    let holder = || {
        let query = [("name", "toy"), ("alias", "candidate")];
        server.get("mlflow/registered-models/alias", &query)["model_version"].take()
    };
    let version = holder();
    assert_eq!((&version["version"], &version["run_id"]), (&"1".into(), &run["info"]["run_id"]));
    let source = version["source"].as_str().unwrap();
    let below = source.strip_prefix("mlflow-artifacts:/").unwrap();
    for entry in fs::read_dir(at.join("bundle")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let kept = server.bytes(&format!("mlflow-artifacts/artifacts/{below}/{name}"), &[]);
        assert!(kept == fs::read(&path).unwrap(), "{name} is not as it was");
    }
    let accuracy = server.history(run, "people test accuracy");
    assert_eq!(accuracy.len(), 1);

    // Sending again changes nothing, even when nobody remembers what was sent.
    toy::succeed(at, &["track", "run"], &environment);
    fs::remove_file(at.join("run/sent.json")).unwrap();
    toy::succeed(at, &["track", "run"], &environment);
    assert_eq!(server.runs("vigie").len(), 1);
    assert_eq!(server.history(run, "validation score").len(), 3);
    assert_eq!(server.history(run, "people test accuracy"), accuracy);
    assert_eq!(holder(), version);

    // A newer bundle takes the place of the candidate.
    fs::write(at.join("other.toml"), toy::RECIPE.replace("seed = 1", "seed = 2")).unwrap();
    let train = ["train", "--recipe", "other.toml", "--prepared", "rows", "--vectors", "vectors"];
    toy::succeed(at, &[&train[..], &["--run", "other"]].concat(), &environment);
    let export = ["export", "--run", "other", "--data", ".", "--output", "other-bundle"];
    toy::succeed(at, &export, &environment);
    assert_eq!(holder()["version"], "2");
    assert_eq!(server.files(run, "bundle").len(), 1, "the first one's files are gone");
}
