//! What was acknowledged is there, whatever happens to the program or to the database.

use std::time::{Duration, Instant};

use bundle_fixture::SmallBundle;
use postgres_fixture::PostgresServer;
use reqwest::Method;
use serde_json::json;
use tempfile::TempDir;

use crate::support::{Service, program::Program};

#[tokio::test]
async fn acknowledged_feedback_survives_a_kill_on_sqlite() {
    acknowledged_feedback_survives_a_kill("sqlite://kept.db").await;
}

#[tokio::test]
async fn acknowledged_feedback_survives_a_kill_on_postgresql() {
    let database = PostgresServer::shared().unwrap().create_database().unwrap();
    acknowledged_feedback_survives_a_kill(&database).await;
}

async fn acknowledged_feedback_survives_a_kill(database_url: &str) {
    let folder = TempDir::new().unwrap();
    SmallBundle::default().write(&folder.path().join("model"));
    let program = Program::start(folder.path(), database_url);
    let text = json!({ "text": "not good" });
    let made = program.ask(Method::POST, "/api/v1/analyses", Some(&text)).await.json();
    let path = format!("/api/v1/analyses/{}", made["id"].as_str().unwrap());
    let label = json!({ "label": "negative" });
    let told = program.ask(Method::PUT, &format!("{path}/feedback"), Some(&label)).await;
    program.kill();
    assert_eq!(told.status, 200, "{}", told.text);
    let restarted = Program::start(folder.path(), database_url);
    assert_eq!(restarted.ask(Method::GET, &path, None).await.json(), told.json());
}

#[tokio::test]
async fn without_its_database_it_says_so_and_recovers_by_itself() {
    let database = PostgresServer::new().unwrap();
    let service = Service::on(&database.url()).await;
    let kept = service.analyse("not good").await;
    database.stop().unwrap();
    let refused = service.post("/api/v1/analyses", &json!({ "text": "thanks" })).await;
    refused.is_problem(503, "The database does not answer now, so nothing was stored");
    assert_eq!(refused.header("retry-after"), "2");
    let path = format!("/api/v1/analyses/{}", kept["id"].as_str().unwrap());
    let feedback = service.put(&format!("{path}/feedback"), &json!({ "label": "negative" })).await;
    feedback.is_problem(503, "The database does not answer now");
    assert_eq!(service.get("/health").await.status, 503);
    assert_eq!(service.get("/health/live").await.status, 200);
    let ready = service.get("/health/ready").await;
    assert_eq!((ready.status, &ready.json()["ready"]), (503, &json!(false)));
    database.start().unwrap();
    until_ready(&service).await;
    assert_eq!(service.get(&path).await.json(), kept);
    service.analyse("thanks").await;
}

#[tokio::test]
async fn it_starts_without_its_database_and_is_ready_once_that_is_there() {
    let database = PostgresServer::new().unwrap();
    database.stop().unwrap();
    let service = Service::on(&database.url()).await;
    assert_eq!(service.get("/health/ready").await.status, 503);
    database.start().unwrap();
    until_ready(&service).await;
    service.analyse("thanks").await;
}

async fn until_ready(service: &Service) {
    let start = Instant::now();
    while service.get("/health/ready").await.status != 200 {
        assert!(start.elapsed() < Duration::from_secs(30), "it did not recover");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_terminated_program_ends_well_and_has_logged_no_text() {
    let folder = TempDir::new().unwrap();
    SmallBundle::default().write(&folder.path().join("model"));
    let program = Program::start(folder.path(), "sqlite://kept.db");
    for text in ["a private complaint", " "] {
        program.ask(Method::POST, "/api/v1/analyses", Some(&json!({ "text": text }))).await;
    }
    program.ask(Method::GET, "/a-private-path?private=1", None).await;
    let (status, log) = program.terminate();
    assert!(status.success(), "{log}");
    assert!(log.contains("/api/v1/analyses") && log.contains("stopped"), "{log}");
    assert!(!log.contains("private"), "{log}");
}
