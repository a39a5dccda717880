//! Runs that are sent or begun once more.

use std::fs;

use serde_json::{Value, json};

use crate::{
    mlflow::{MlflowServer, word},
    toy,
};

#[test]
fn a_run_that_somebody_has_deleted_on_the_server_is_sent_anew() {
    let Some(server) = MlflowServer::shared() else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let account = json!({"key": "deleted", "name": "toy", "of": "", "started_at_ms": 1,
        "parameters": {"train.epochs": "3"}, "tags": {},
        "ended": {"at_ms": 2, "status": "FINISHED"}});
    let record = json!({"step": 1, "at_ms": 1, "metrics": {"validation score": 0.5}});
    fs::write(folder.path().join("run.json"), account.to_string()).unwrap();
    fs::write(folder.path().join("metrics.jsonl"), format!("{record}\n")).unwrap();
    let environment =
        [("MLFLOW_TRACKING_URI", server.url.as_str()), ("MLFLOW_EXPERIMENT_NAME", "deleted")];
    let track = || {
        toy::succeed(folder.path(), &["track", "."], &environment);
        server.runs("deleted")
    };
    let first = track();
    assert_eq!(first.len(), 1);
    server.post("mlflow/runs/delete", &json!({"run_id": first[0]["info"]["run_id"]}));
    assert_eq!(server.runs("deleted"), Vec::<Value>::new());

    let again = track();
    assert_eq!(again.len(), 1);
    assert_ne!(again[0]["info"]["run_id"], first[0]["info"]["run_id"]);
    assert_eq!(again[0]["info"]["status"], "FINISHED");
    assert_eq!(word(&again[0], "params", "train.epochs"), "3");
    assert_eq!(server.history(&again[0], "validation score"), [(1, 0.5)]);
    assert_eq!(track(), again, "what is there is not sent twice");
}

#[test]
fn a_run_that_is_begun_again_where_it_stands_is_no_child_of_itself() {
    let folder = toy::prepared();
    for _ in 0..2 {
        toy::train(folder.path(), ".", &[]);
        let account = fs::read(folder.path().join("run.json")).unwrap();
        let account: Value = serde_json::from_slice(&account).unwrap();
        assert_eq!(account["name"], "toy");
    }
}
