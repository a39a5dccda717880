use serde_json::{Value, json};

use crate::support::Service;

#[tokio::test]
async fn a_correction_is_in_force_at_once() {
    let service = Service::start().await;
    let path = path(&service.analyse("not good").await);
    let answer = service.put(&path, &json!({ "label": "negative" })).await;
    assert_eq!(answer.status, 200);
    let feedback = &answer.json()["feedback"];
    assert_eq!((&feedback["label"], &feedback["reviewer"]), (&json!("negative"), &json!("local")));
    assert!(feedback["at"].as_str().unwrap().parse::<jiff::Timestamp>().is_ok());
    let read = service.get(path.trim_end_matches("/feedback")).await.json();
    assert_eq!(&read["feedback"], feedback);
}

#[tokio::test]
async fn a_later_correction_replaces_an_earlier_one() {
    let service = Service::start().await;
    let path = path(&service.analyse("not good").await);
    service.put(&path, &json!({ "label": "positive" })).await;
    let answer = service.put(&path, &json!({ "label": "neutral" })).await;
    assert_eq!(answer.json()["feedback"]["label"], "neutral");
}

#[tokio::test]
async fn a_correction_can_be_taken_back() {
    let service = Service::start().await;
    let path = path(&service.analyse("not good").await);
    service.put(&path, &json!({ "label": "negative" })).await;
    let answer = service.delete(&path).await;
    assert_eq!((answer.status, &answer.json()["feedback"]), (200, &Value::Null));
}

#[tokio::test]
async fn each_reviewer_takes_back_only_their_own() {
    let service = Service::start().await;
    let path = path(&service.analyse("not good").await);
    service.put(&path, &json!({ "label": "negative", "reviewer": "Ana" })).await;
    assert_eq!(service.delete(&path).await.json()["feedback"]["reviewer"], "Ana");
    let answer = service.delete(&format!("{path}?reviewer=Ana")).await;
    assert_eq!(answer.json()["feedback"], Value::Null);
}

#[tokio::test]
async fn a_wrong_label_is_refused() {
    let service = Service::start().await;
    let path = path(&service.analyse("not good").await);
    let answer = service.put(&path, &json!({ "label": "angry" })).await;
    answer.is_problem(422, "“angry” is no label: use negative, neutral or positive");
    service.put(&path, &json!({ "label": 1 })).await.is_problem(422, "not of the shape");
    service.put(&path, &json!({})).await.is_problem(422, "not of the shape");
}

#[tokio::test]
async fn a_reviewer_without_a_name_is_refused() {
    let service = Service::start().await;
    let path = path(&service.analyse("not good").await);
    let answer = service.put(&path, &json!({ "label": "negative", "reviewer": " " })).await;
    answer.is_problem(422, "1 to 100 characters");
}

#[tokio::test]
async fn feedback_on_an_unknown_id_is_not_found() {
    let service = Service::start().await;
    let path = "/api/v1/analyses/0190b3a5-0000-7000-8000-000000000000/feedback";
    service.put(path, &json!({ "label": "negative" })).await.is_problem(404, "no analysis");
    service.delete(path).await.is_problem(404, "no analysis");
}

fn path(analysis: &Value) -> String {
    format!("/api/v1/analyses/{}/feedback", analysis["id"].as_str().unwrap())
}
