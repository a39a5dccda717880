use serde_json::{Value, json};

use crate::support::Service;

#[tokio::test]
async fn the_reference_s_clients_get_its_fields() {
    let service = Service::start().await;
    let answer = service.post("/predict", &json!({ "text": "not good", "user_id": "u1" })).await;
    assert_eq!(answer.status, 200);
    let body = answer.json();
    assert_eq!(body["text"], "not good");
    assert_eq!(body["model"], "small");
    assert_eq!(body["request_id"], answer.header("x-request-id"));
    assert!(body["timestamp"].as_str().unwrap().parse::<jiff::Timestamp>().is_ok());
}

#[tokio::test]
async fn sentiment_and_probability_are_of_the_two_classes_and_label_of_three() {
    let service = Service::start().await;
    for text in ["not good", "thanks", "the flight was late", "good!"] {
        let body = service.post("/predict", &json!({ "text": text })).await.json();
        let path = format!("/api/v1/analyses/{}", body["id"].as_str().unwrap());
        let analysis = service.get(&path).await.json();
        let of = |label: &str| analysis["probabilities"][label].as_f64().unwrap();
        let (negative, positive) = (of("negative"), of("positive"));
        let probability = positive / (negative + positive);
        assert!((number(&body["probability"]) - probability).abs() < 1e-5);
        assert!((number(&body["confidence"]) - probability.max(1.0 - probability)).abs() < 1e-5);
        assert_eq!(body["sentiment"], if positive > negative { "positive" } else { "negative" });
        assert_eq!(body["label"], analysis["label"]);
    }
}

#[tokio::test]
async fn whatever_is_wrong_is_422_as_in_the_reference() {
    let service = Service::start().await;
    for (body, words) in [
        (json!({ "text": "" }), "empty"),
        (json!({ "text": "  " }), "blank"),
        (json!({ "text": "a".repeat(501) }), "501 characters"),
        (json!({}), "missing field `text`"),
    ] {
        service.post("/predict", &body).await.is_problem(422, words);
    }
    service.post_bytes("/predict", "{").await.is_problem(422, "not valid JSON");
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}
