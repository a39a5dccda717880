//! What is counted, on the real program: a process has one recorder.

use std::collections::BTreeMap;

use bundle_fixture::SmallBundle;
use reqwest::{Client, Method};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{Service, program::Program};

/// Every line of an answer of `/metrics`, by its name with labels.
async fn scrape(program: &Program) -> BTreeMap<String, f64> {
    let url = format!("http://{}/metrics", program.metrics.unwrap());
    let answer = Client::new().get(url).send().await.unwrap();
    assert_eq!(answer.headers()["content-type"], "text/plain; version=0.0.4; charset=utf-8");
    let text = answer.text().await.unwrap();
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let pairs = lines.map(|line| line.rsplit_once(' ').unwrap());
    pairs.map(|(name, value)| (name.to_owned(), value.parse().unwrap())).collect()
}

#[tokio::test]
async fn what_was_asked_is_counted_by_route_and_nothing_else_is_said() {
    let folder = TempDir::new().unwrap();
    SmallBundle::default().write(&folder.path().join("model"));
    let program = Program::counted(folder.path(), "sqlite://vigie.db");
    let analyse = async |text: &str| {
        let text = json!({ "text": text });
        program.ask(Method::POST, "/api/v1/analyses", Some(&text)).await.json()
    };
    let first = analyse("thanks for the great flight").await;
    analyse("thanks for the great flight").await;
    analyse("a secret that nobody may see").await;
    let path = format!("/api/v1/analyses/{}/feedback", first["id"].as_str().unwrap());
    program.ask(Method::PUT, &path, Some(&json!({ "label": first["label"] }))).await;
    for address in ["/nowhere?secret", "/another", "/api/v1/analyses/1"] {
        program.ask(Method::GET, address, None).await;
    }
    let seen = scrape(&program).await;
    let requests = |labels: &str| seen[&format!("vigie_http_requests_total{{{labels}}}")];
    assert_eq!(requests(r#"method="POST",route="/api/v1/analyses",status="201""#), 3.0);
    assert_eq!(requests(r#"method="GET",route="/api/v1/analyses/{id}",status="404""#), 1.0);
    // Addresses that are no route are one, however many there are.
    assert_eq!(requests(r#"method="GET",route="none",status="404""#), 2.0);
    let analyses = seen.iter().filter(|(name, _)| name.starts_with("vigie_analyses_total"));
    assert_eq!(analyses.map(|(_, count)| count).sum::<f64>(), 3.0);
    assert_eq!(seen[r#"vigie_feedback_total{says="agreed"}"#], 1.0);
    assert_eq!((seen["vigie_cache_hits_total"], seen["vigie_cache_misses_total"]), (1.0, 2.0));
    assert_eq!((seen["vigie_store_up"], seen["vigie_http_requests_in_flight"]), (1.0, 0.0));
    assert!(seen["vigie_model_reading_seconds_count"] >= 1.0);
    assert!(seen["process_resident_memory_bytes"] > 1e6);
    assert!(!seen.keys().any(|name| name.contains("secret")), "{seen:#?}");
    assert_eq!(program.ask(Method::GET, "/metrics", None).await.status, 404);

    let status: Value = program.ask(Method::GET, "/api/v1/status", None).await.json();
    assert_eq!(status["analyses"]["total"], 3);
    assert_eq!(status["feedback"]["agreement"], 1.0);
    assert_eq!((&status["requests"]["failed"], &status["store"]), (&json!(0), &json!("ok")));
}

#[tokio::test]
async fn without_being_asked_nothing_listens_and_the_status_still_counts() {
    let service = Service::start().await;
    service.analyse("thanks").await;
    let status = service.get("/api/v1/status").await.json();
    assert_eq!(
        (&status["analyses"]["total"], &status["requests"]["total"]),
        (&json!(1), &json!(1))
    );
}
