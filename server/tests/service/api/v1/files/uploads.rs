use std::time::Duration;

use engine::{EngineConfig, files::FilesConfig};
use reqwest::{
    Method,
    multipart::{Form, Part},
};
use serde_json::json;
use tempfile::TempDir;

use super::TABLE;
use crate::support::Service;

#[tokio::test]
async fn a_file_arrives_in_parts_and_says_how_far_it_is() {
    let service = Service::start().await;
    let created = service.post("/api/v1/files", &json!({ "name": "a.csv", "bytes": 10 })).await;
    let path = created.header("location").to_owned();
    assert_eq!(created.json()["state"], "uploading");
    let content = format!("{path}/content");
    let half = service.part(&content, 0, b"text\n").await.json();
    assert_eq!((&half["uploaded_bytes"], &half["state"]), (&json!(5), &json!("uploading")));
    service.part(&content, 3, b"late\n").await.is_problem(409, "has 5 bytes here");
    let whole = service.part(&content, 5, b"late\n").await.json();
    assert_eq!((&whole["uploaded_bytes"], &whole["state"]), (&json!(10), &json!("waiting")));
    service.part(&content, 10, b"more").await.is_problem(409, "cannot be read now");
    assert_eq!(service.get("/api/v1/files").await.json()["items"][0]["name"], "a.csv");
}

#[tokio::test]
async fn more_bytes_than_were_announced_are_refused() {
    let service = Service::start().await;
    let created = service.post("/api/v1/files", &json!({ "name": "a.csv", "bytes": 3 })).await;
    let content = format!("{}/content", created.header("location"));
    service.part(&content, 0, b"late").await.is_problem(413, "more bytes than were announced");
}

#[tokio::test]
async fn a_file_that_finds_no_room_is_refused_before_it_is_sent() {
    let service = Service::start().await;
    let announced = json!({ "name": "a.csv", "bytes": 1 << 30 });
    service.post("/api/v1/files", &announced).await.is_problem(507, "delete files");
    service
        .post("/api/v1/files", &json!({ "name": "a.csv", "bytes": 0 }))
        .await
        .is_problem(422, "is empty");
}

#[tokio::test]
async fn a_plain_form_uploads_a_file_and_leads_to_its_page() {
    let service = Service::start().await;
    let part = Part::bytes(TABLE.as_bytes()).file_name("tweets.csv");
    let form = service.request(Method::POST, "/files").multipart(Form::new().part("file", part));
    let answer = service.send(form).await;
    assert_eq!(answer.status, 303, "{}", answer.text);
    let id = answer.header("location").strip_prefix("/files/").unwrap().to_owned();
    let file = service.get(&format!("/api/v1/files/{id}")).await.json();
    assert_eq!((&file["name"], &file["state"]), (&json!("tweets.csv"), &json!("waiting")));
    assert_eq!(file["bytes"], TABLE.len());
    let empty = service.request(Method::POST, "/files").multipart(Form::new().text("a", "b"));
    service.send(empty).await.is_problem(400, "holds no file");
}

#[tokio::test]
async fn a_file_is_deleted_with_everything_that_was_read_of_it() {
    let service = Service::start().await;
    let path = service.read_file("a.csv", TABLE, json!({})).await;
    assert_eq!(service.delete(&path).await.status, 204);
    service.get(&path).await.is_problem(404, "There is no such file");
    service.get(&format!("{path}/rows")).await.is_problem(404, "There is no such file");
    let left = std::fs::read_dir(service.folder.path().join("files")).unwrap().count();
    assert_eq!(left, 1, "the lock alone");
}

#[tokio::test]
async fn a_file_is_gone_when_its_time_is_over() {
    let folder = TempDir::new().unwrap();
    let files = |retention| FilesConfig {
        folder: folder.path().to_owned(),
        quota_bytes: 1 << 24,
        retention,
    };
    let config = |retention| EngineConfig { files: Some(files(retention)), ..Default::default() };
    let service = Service::configured(config(Duration::from_secs(3600))).await;
    let file = service.upload("a.csv", TABLE).await;
    let path = format!("/api/v1/files/{}", file["id"].as_str().unwrap());
    service.stopped().await;
    let service = Service::configured(config(Duration::ZERO)).await;
    while service.get(&path).await.status == 200 {}
    service.get(&path).await.is_problem(404, "its time was over");
}
