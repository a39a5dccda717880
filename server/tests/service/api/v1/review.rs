//! Review over REST: a queue, acts and their undo, agreement, and a training set.

use serde_json::{Value, json};

use crate::support::Service;

async fn queue(service: &Service, query: &str) -> Vec<Value> {
    let answer = service.get(&format!("/api/v1/review/queue?{query}")).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json()["items"].as_array().unwrap().clone()
}

async fn act(service: &Service, who: &str, label: Value, items: &[&Value]) -> Value {
    let body = json!({ "label": label, "items": items, "reviewer": who });
    let answer = service.post("/api/v1/review/acts", &body).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    answer.json()
}

#[tokio::test]
async fn the_queue_has_pages_and_the_least_sure_first() {
    let service = Service::start().await;
    for text in ["good", "bad", "not good", "so so", "no"] {
        service.analyse(text).await;
    }
    let items = queue(&service, "limit=5").await;
    let confidences: Vec<f64> =
        items.iter().map(|item| item["confidence"].as_f64().unwrap()).collect();
    assert!(confidences.is_sorted(), "{confidences:?}");
    let first = service.get("/api/v1/review/queue?limit=2").await.json();
    let next = first["next"].as_str().unwrap();
    assert_eq!(queue(&service, &format!("limit=2&after={next}")).await, items[2..4]);
    let last = service.get("/api/v1/review/queue?limit=5").await.json();
    assert_eq!(last["next"], Value::Null);
}

#[tokio::test]
async fn an_act_is_feedback_and_its_undo_takes_it_back_whole() {
    let service = Service::start().await;
    let (one, other) = (service.analyse("good").await, service.analyse("bad").await);
    let path = |analysis: &Value| format!("/api/v1/analyses/{}", analysis["id"].as_str().unwrap());
    service
        .put(&format!("{}/feedback", path(&one)), &json!({ "label": "neutral", "reviewer": "bob" }))
        .await;
    let before = [service.get(&path(&one)).await.json(), service.get(&path(&other)).await.json()];
    let done = act(&service, "ann", json!("negative"), &[&one["id"], &other["id"]]).await;
    assert_eq!(done["items"], 2);
    let feedback = service.get(&path(&one)).await.json()["feedback"].clone();
    assert_eq!((&feedback["label"], &feedback["reviewer"]), (&json!("negative"), &json!("ann")));
    assert!(queue(&service, "reviewer=ann").await.is_empty());
    let address = format!("/api/v1/review/acts/{}", done["id"].as_str().unwrap());
    service.delete(&address).await.is_problem(404, "There is no act");
    assert_eq!(service.delete(&format!("{address}?reviewer=ann")).await.status, 204);
    let after = [service.get(&path(&one)).await.json(), service.get(&path(&other)).await.json()];
    assert_eq!(after, before);
    let items = queue(&service, "reviewer=ann").await;
    let undone = items.iter().flat_map(|item| item["said"].as_array().unwrap());
    assert_eq!(undone.filter(|said| said["undone"] == true).count(), 2);
}

#[tokio::test]
async fn what_is_skipped_is_not_shown_again() {
    let service = Service::start().await;
    let one = service.analyse("good").await;
    act(&service, "ann", Value::Null, &[&one["id"]]).await;
    assert!(queue(&service, "reviewer=ann").await.is_empty());
    let items = queue(&service, "reviewer=ann&seen=true").await;
    assert_eq!(items[0]["said"][0]["label"], Value::Null);
    assert_eq!(queue(&service, "").await.len(), 1);
}

/// `vigie-train` reads the same file: `trainer/tests/review.rs`.
#[tokio::test]
async fn the_export_is_a_training_set() {
    let service = Service::start().await;
    let texts = ["lost my bag again", "landed\tearly,\nthanks", "boarding at gate 7", "so it goes"];
    let mut ids = Vec::new();
    for text in texts {
        ids.push(service.analyse(text).await["id"].clone());
    }
    let labels = ["negative", "positive", "neutral", "negative"];
    for (id, label) in ids.iter().zip(labels) {
        act(&service, "ann", json!(label), &[id]).await;
        act(&service, "bob", json!(if label == "neutral" { "positive" } else { label }), &[id])
            .await;
    }
    act(&service, "cy", json!("neutral"), &[&ids[2], &ids[3]]).await;
    let undisputed = service.get("/api/v1/review/export").await;
    assert_eq!(undisputed.header("content-type"), "text/tab-separated-values; charset=utf-8");
    assert_eq!(undisputed.text.lines().count(), 3);
    let most = service.get("/api/v1/review/export?share=0.6").await.text;
    assert_eq!(most, include_str!("../../../../../trainer/tests/review.tsv"));
    service.get("/api/v1/review/export?share=2").await.is_problem(400, "“share”");
}

#[tokio::test]
async fn agreement_says_on_how_many_texts_it_rests() {
    let service = Service::start().await;
    let one = service.analyse("good").await;
    act(&service, "ann", json!("negative"), &[&one["id"]]).await;
    assert_eq!(service.get("/api/v1/review/agreement").await.json(), json!([]));
    act(&service, "bob", json!("positive"), &[&one["id"]]).await;
    let pairs = service.get("/api/v1/review/agreement").await.json();
    assert_eq!((&pairs[0]["first"], &pairs[0]["second"]), (&json!("ann"), &json!("bob")));
    assert_eq!((&pairs[0]["texts"], &pairs[0]["kappa"]), (&json!(1), &Value::Null));
}

#[tokio::test]
async fn what_cannot_be_reviewed_is_told() {
    let service = Service::start().await;
    let unknown = "0190b3a5-0000-7000-8000-000000000000";
    for (query, status, words) in [
        ("order=best", 422, "means nothing for order"),
        ("after=%20x", 422, "means nothing for after"),
        ("limit=0", 400, "1 to 200"),
        (&*format!("source={unknown}"), 404, "There is no watch"),
        ("reviewer=%07", 422, "1 to 100 characters"),
    ] {
        service.get(&format!("/api/v1/review/queue?{query}")).await.is_problem(status, words);
    }
    for (body, words) in [
        (json!({ "label": "angry", "items": ["1"] }), "is no label"),
        (json!({ "label": null, "items": [] }), "Name 1 to 10000 texts"),
        (json!({ "label": null, "items": ["x"] }), "names nothing that can be reviewed"),
        (json!({ "items": "1" }), "not of the shape"),
    ] {
        service.post("/api/v1/review/acts", &body).await.is_problem(422, words);
    }
    let nothing = json!({ "label": "neutral", "items": [unknown, "7"] });
    assert_eq!(service.post("/api/v1/review/acts", &nothing).await.json()["items"], 0);
    let many = json!({ "label": null, "items": vec![unknown; 5_000] });
    assert_eq!(
        service.post("/api/v1/review/acts", &many).await.status,
        201,
        "longer than other bodies"
    );
}
