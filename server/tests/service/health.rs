use serde_json::json;

use crate::support::Service;

#[tokio::test]
async fn a_service_with_its_database_is_live_ready_and_healthy() {
    let service = Service::start().await;
    assert_eq!(service.get("/health/live").await.json(), json!({ "live": true }));
    let ready = service.get("/health/ready").await;
    assert_eq!((ready.status, &ready.json()["ready"]), (200, &json!(true)));
    assert_eq!(ready.json()["store"], "ok");
    let health = service.get("/health").await;
    assert_eq!((health.status, &health.json()["status"]), (200, &json!("healthy")));
    assert_eq!(health.json()["model_loaded"], json!(true));
}

#[tokio::test]
async fn health_names_every_model() {
    let service = Service::bilingual().await;
    let ready = service.get("/health/ready").await.json();
    let models = ready["models"].as_array().unwrap();
    assert_eq!(models.len(), 2);
    assert_eq!(models[0], ready["model"]);
    assert!(models[1].as_str().unwrap().starts_with("small-fr@"), "{ready}");
    assert_eq!(service.get("/health").await.json()["model"], "small, small-fr");
}

#[tokio::test]
async fn readiness_tells_how_often_a_verdict_was_kept() {
    let service = Service::start().await;
    for text in ["late again", "thanks", "late again", "late again"] {
        service.analyse(text).await;
    }
    let cache = &service.get("/health/ready").await.json()["cache"];
    assert_eq!((&cache["hits"], &cache["misses"]), (&json!(2), &json!(2)), "{cache}");
    assert_eq!((&cache["hit_rate"], &cache["capacity"]), (&json!(0.5), &json!(16_384)), "{cache}");
}
