//! `vigie ingest` as people run it, against a running service.

use std::{
    fs,
    process::{Output, Stdio},
};

use reqwest::Method;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::task::spawn_blocking;

use crate::support::{
    Service,
    program::{complaint, run, vigie},
};

fn line(minute: u32, text: &str) -> String {
    let at = format!("2015-02-22T{:02}:{:02}:00Z", minute / 60, minute % 60);
    json!({ "at": at, "author": "ann", "text": text, "label": "negative" }).to_string()
}

/// A service with a watch, and a folder with a file of these lines.
async fn house(lines: &[String]) -> (Service, TempDir) {
    let service = Service::start().await;
    let watch = json!({ "name": "United", "query": "@united" });
    service.post("/api/v1/watches", &watch).await;
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("tweets.jsonl"), lines.join("\n")).unwrap();
    (service, folder)
}

/// Runs `vigie ingest tweets.jsonl` to its end.
async fn ingest(service: &Service, folder: &TempDir, further: &[&str]) -> Output {
    let to = format!("http://{}", service.address);
    let mut command = vigie();
    command.current_dir(folder.path()).args(["ingest", "tweets.jsonl", "--to", &to]).args(further);
    command.stdin(Stdio::null());
    spawn_blocking(move || command.output().unwrap()).await.unwrap()
}

fn told(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[tokio::test]
async fn a_file_is_taken_once_however_often_it_is_sent() {
    let tweets = (0..1_100).map(|minute| line(minute, &format!("late @united {minute}")));
    let others = [line(3, "cats"), "no tweet".to_owned(), String::new()];
    let (service, folder) = house(&others.into_iter().chain(tweets).collect::<Vec<_>>()).await;
    let first = ingest(&service, &folder, &[]).await;
    assert!(first.status.success(), "{}", complaint(&first));
    assert_eq!(told(&first), "1100 stored, 0 known before, 1 that no watch asks for, 1 refused\n");
    assert!(
        complaint(&first).contains("line 2: the line is no JSON object"),
        "{}",
        complaint(&first)
    );
    let second = ingest(&service, &folder, &["--strict"]).await;
    assert_eq!(second.status.code(), Some(3));
    assert_eq!(told(&second), "0 stored, 1100 known before, 1 that no watch asks for, 1 refused\n");
}

#[tokio::test]
async fn a_line_that_vigie_refuses_is_told_with_its_number_in_the_file() {
    let mut tweets: Vec<_> = (0..700).map(|minute| line(minute, "late @united")).collect();
    tweets[650] =
        json!({ "at": "2015-02-22T00:00:00Z", "watch": "Nobody", "text": "late" }).to_string();
    let (service, folder) = house(&tweets).await;
    let output = ingest(&service, &folder, &[]).await;
    assert!(
        complaint(&output).contains("line 651: there is no watch of the name"),
        "{}",
        complaint(&output)
    );
}

#[tokio::test]
async fn at_a_speed_tweets_come_as_they_were_written() {
    let (service, folder) = house(&[line(0, "late @united"), line(1, "later @united")]).await;
    let start = std::time::Instant::now();
    let output = ingest(&service, &folder, &["--speed", "60x"]).await;
    assert!(output.status.success(), "{}", complaint(&output));
    assert!(start.elapsed().as_millis() >= 1000, "a minute at sixty times");
    let watches = service.send(service.request(Method::GET, "/api/v1/watches")).await;
    let Value::Array(watches) = watches.json() else { panic!("no list") };
    assert_eq!(watches.len(), 1);
}

#[test]
fn a_vigie_that_is_not_there_is_told_with_what_to_do() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("tweets.jsonl"), line(0, "late")).unwrap();
    // Nothing listens on port 1.
    let output = run(
        folder.path(),
        &["ingest", "tweets.jsonl", "--to", "http://me:secret@127.0.0.1:1", "--patience", "1"],
    );
    assert!(!output.status.success());
    let told = complaint(&output);
    assert!(
        told.contains("does not take the tweets") && told.contains("Run the same command again"),
        "{told}"
    );
    assert!(!told.contains("secret"), "{told}");
    let output = run(folder.path(), &["ingest", "tweets.jsonl", "--to", "ftp://host"]);
    assert!(complaint(&output).contains("is no address of a Vigie"), "{}", complaint(&output));
}
