//! What is noted of changes.

use domain::{Role, Via};
use reqwest::Method;
use serde_json::json;

use super::{account, with_session};
use crate::support::Service;

#[tokio::test]
async fn every_change_is_noted_with_who_made_it_and_how_it_went() {
    let service = Service::guarded().await;
    let ann = account(&service, "ann", Role::Admin).await;
    let bob = account(&service, "bob", Role::Viewer).await;
    let watch = json!({ "name": "United", "query": "@united" });
    for (session, expected) in [(&ann, 201), (&bob, 403)] {
        let request = with_session(service.request(Method::POST, "/api/v1/watches"), session);
        assert_eq!(service.send(request.json(&watch)).await.status, expected);
    }
    // Texts that are read, and what is only looked at, change nothing.
    let text = with_session(service.request(Method::POST, "/api/v1/analyses"), &bob);
    assert_eq!(service.send(text.json(&json!({ "text": "thanks" }))).await.status, 201);
    let read = with_session(service.request(Method::GET, "/api/v1/audit-log"), &ann);
    let noted = service.send(read).await.json();
    let noted: Vec<_> = noted
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| {
            let text = |name: &str| entry[name].as_str().unwrap().to_owned();
            (text("actor"), text("action"), entry["status"].as_u64().unwrap(), text("via"))
        })
        .collect();
    let entry = |actor: &str, status| {
        let via = Via::Session.as_str().to_owned();
        (actor.to_owned(), "POST /api/v1/watches".to_owned(), status, via)
    };
    assert_eq!(noted, [entry("bob", 403), entry("ann", 201)]);
    assert_eq!(service.get("/api/v1/audit-log").await.status, 401);
}
