use serde_json::{Value, json};

use crate::support::Service;

fn body(text: &str, predicted: &str, actual: &str, is_correct: bool) -> Value {
    json!({ "text": text, "predicted_sentiment": predicted, "actual_sentiment": actual, "is_correct": is_correct })
}

#[tokio::test]
async fn feedback_goes_to_the_newest_analysis_of_exactly_that_text() {
    let service = Service::start().await;
    let older = service.analyse("not good").await;
    let newer = service.analyse("not good").await;
    service.analyse("not good!").await;
    let answer = service.post("/feedback", &body("not good", "positive", "negative", false)).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(answer.json()["status"], "success");
    assert_eq!(answer.json()["analysis_id"], newer["id"]);
    assert_eq!(feedback_of(&service, &newer["id"]).await["label"], "negative");
    assert_eq!(feedback_of(&service, &older["id"]).await, Value::Null);
}

#[tokio::test]
async fn feedback_on_a_text_never_seen_is_kept_too() {
    let service = Service::start().await;
    let answer = service.post("/feedback", &body("thanks", "positive", "positive", true)).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(feedback_of(&service, &answer.json()["analysis_id"]).await["label"], "positive");
}

#[tokio::test]
async fn a_contradiction_is_refused_and_stores_nothing() {
    let service = Service::start().await;
    for (actual, is_correct) in [("negative", true), ("positive", false)] {
        let answer =
            service.post("/feedback", &body("thanks", "positive", actual, is_correct)).await;
        answer.is_problem(422, "contradicts");
    }
    assert_eq!(service.get("/api/v1/analyses").await.json()["items"], json!([]));
}

#[tokio::test]
async fn a_word_that_is_no_label_is_refused() {
    let service = Service::start().await;
    let answer = service.post("/feedback", &body("thanks", "happy", "positive", false)).await;
    answer.is_problem(422, "“happy” is no label");
}

#[tokio::test]
async fn a_blank_text_is_refused() {
    let service = Service::start().await;
    let answer = service.post("/feedback", &body(" ", "positive", "positive", true)).await;
    answer.is_problem(422, "blank");
}

async fn feedback_of(service: &Service, id: &Value) -> Value {
    let path = format!("/api/v1/analyses/{}", id.as_str().unwrap());
    service.get(&path).await.json()["feedback"].clone()
}
