use serde_json::json;

use crate::support::Service;

#[tokio::test]
async fn the_card_says_what_this_is_and_what_it_takes() {
    let service = Service::start().await;
    let card = service.get("/api/v1").await.json();
    assert_eq!(card["name"], "vigie");
    assert_eq!(card["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(card["model"]["name"], "small");
    assert_eq!(card["model"]["version"].as_str().unwrap().len(), 12);
    assert_eq!(card["labels"], json!(["negative", "neutral", "positive"]));
    assert_eq!(card["languages"], json!(["en"]));
    assert_eq!(card["limits"]["text_chars"], 500);
}

#[tokio::test]
async fn the_card_names_every_model_and_every_language() {
    let service = Service::bilingual().await;
    let card = service.get("/api/v1").await.json();
    assert_eq!(card["model"]["name"], "small");
    assert_eq!(card["models"][0], card["model"]);
    assert_eq!(card["models"][1]["name"], "small-fr");
    assert_eq!(card["models"][1]["languages"], json!(["fr"]));
    assert_eq!(card["languages"], json!(["en", "fr"]));
}

#[tokio::test]
async fn every_link_of_the_card_leads_somewhere() {
    let service = Service::start().await;
    let card = service.get("/api/v1").await.json();
    for link in card["links"].as_object().unwrap().values() {
        let answer = service.get(link.as_str().unwrap()).await;
        assert!(matches!(answer.status, 200 | 303), "{link}: {}", answer.text);
    }
}
