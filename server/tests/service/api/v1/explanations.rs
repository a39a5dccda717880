//! What each word adds, over REST.

use serde_json::{Value, json};

use crate::support::Service;

#[tokio::test]
async fn the_words_contributions_and_the_base_sum_to_the_probability_of_the_verdict() {
    let service = Service::start().await;
    let text = "the flight  was late!";
    let verdict = service.analyse(text).await;
    let answer = service.post("/api/v1/explanations", &json!({ "text": text })).await;
    assert_eq!(answer.status, 200);
    let told = answer.json();
    assert_eq!(
        (&told["label"], &told["model_version"]),
        (&verdict["label"], &verdict["model_version"])
    );
    let words = told["words"].as_array().unwrap();
    let said: Vec<&str> = words.iter().map(|word| word["text"].as_str().unwrap()).collect();
    assert_eq!(said, ["the", "flight", "was", "late!"]);
    assert_eq!((&words[1]["start"], &words[1]["end"]), (&json!(4), &json!(10)));
    let number = |value: &Value| value.as_f64().unwrap();
    let sum: f64 = words.iter().map(|word| number(&word["contribution"])).sum();
    assert!((number(&told["base"]) + sum - number(&verdict["confidence"])).abs() < 1e-4, "{told}");
    assert_eq!(told["error"], 0.0);
}

#[tokio::test]
async fn nothing_is_stored_of_it() {
    let service = Service::start().await;
    service.post("/api/v1/explanations", &json!({ "text": "late again" })).await;
    assert_eq!(service.get("/api/v1/analyses").await.json()["items"], json!([]));
}

#[tokio::test]
async fn a_text_that_is_none_is_told() {
    let service = Service::start().await;
    for (body, status) in
        [(json!({ "text": " " }), 422), (json!({ "text": "a".repeat(501) }), 422), (json!({}), 422)]
    {
        assert_eq!(service.post("/api/v1/explanations", &body).await.status, status, "{body}");
    }
}
