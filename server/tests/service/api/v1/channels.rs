//! Channels and rules over REST, with a receiver on this machine.

use std::{net::SocketAddr, sync::Arc};

use axum::{Router, body::Bytes, extract::State, http::HeaderMap, routing::post};
use bundle_fixture::SmallBundle;
use jiff::{SignedDuration, Timestamp};
use postgres_fixture::PostgresServer;
use reqwest::Method;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::{
    net::TcpListener,
    sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
};

use crate::support::{Service, program::Program};

type Heard = (HeaderMap, Value);

/// A receiver that takes everything under `/hook`.
async fn receiver() -> (SocketAddr, UnboundedReceiver<Heard>) {
    receiver_at("127.0.0.1:0".parse().unwrap()).await
}

async fn receiver_at(address: SocketAddr) -> (SocketAddr, UnboundedReceiver<Heard>) {
    async fn take(
        State(heard): State<Arc<UnboundedSender<Heard>>>,
        headers: HeaderMap,
        body: Bytes,
    ) {
        heard.send((headers, serde_json::from_slice(&body).unwrap())).unwrap();
    }
    let (heard, told) = unbounded_channel();
    let router = Router::new().route("/hook", post(take)).with_state(Arc::new(heard));
    let listener = TcpListener::bind(address).await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    (address, told)
}

async fn watch(service: &Service, name: &str) -> Value {
    let watch = json!({ "name": name, "query": "@united" });
    service.post("/api/v1/watches", &watch).await.json()["id"].clone()
}

fn hook(address: SocketAddr) -> Value {
    json!({ "name": "desk", "kind": "webhook", "address": format!("http://{address}/hook?token=hidden") })
}

#[tokio::test]
async fn a_channel_is_made_changed_and_removed_and_its_secrets_are_told_once() {
    let service = Service::start().await;
    let united = watch(&service, "United").await;
    let (address, _told) = receiver().await;
    let made = service.post("/api/v1/channels", &hook(address)).await;
    assert_eq!(made.status, 201, "{}", made.text);
    let path = made.header("location").to_owned();
    let secret = made.json()["secret"].as_str().unwrap().to_owned();
    assert!(secret.starts_with("whsec_"));
    assert_eq!(made.json()["address"], format!("http://{address}/…"));
    let change = json!({
        "name": "night desk", "kind": "webhook", "watches": [united], "least_severity": "critical", "language": "fr"
    });
    let changed = service.put(&path, &change).await;
    assert_eq!(changed.status, 200, "{}", changed.text);
    assert_eq!(
        (&changed.json()["language"], &changed.json()["watches"]),
        (&json!("fr"), &json!([united]))
    );
    for read in [&path, "/api/v1/channels", &format!("{path}/deliveries")] {
        let text = service.get(read).await.text;
        assert!(!text.contains("hidden") && !text.contains(&secret), "{text}");
    }
    let taken = json!({ "name": "night desk", "kind": "email", "address": "ann@example.org" });
    service
        .post("/api/v1/channels", &taken)
        .await
        .is_problem(409, "There is a channel “night desk”");
    assert_eq!(service.delete(&path).await.status, 204);
    service.delete(&path).await.is_problem(404, "There is no channel");
    service.get(&path).await.is_problem(404, "There is no channel");
}

#[tokio::test]
async fn a_channel_that_is_none_is_told_what_is_wrong() {
    let service = Service::start().await;
    for (channel, words) in [
        (json!({ "name": "", "kind": "slack", "address": "http://h" }), "name of a channel"),
        (json!({ "name": "a", "kind": "slack", "address": "h" }), "begins with https://"),
        (json!({ "name": "a", "kind": "webhook" }), "begins with https://"),
        (json!({ "name": "a", "kind": "email", "address": "h" }), "one mail address"),
        (
            json!({ "name": "a", "kind": "webhook", "address": "http://h", "secret": "short" }),
            "16 to 200",
        ),
        (json!({ "name": "a", "kind": "pigeon", "address": "roof" }), "not of the shape"),
    ] {
        service.post("/api/v1/channels", &channel).await.is_problem(422, words);
    }
}

#[tokio::test]
async fn the_test_button_says_what_the_receiver_said() {
    let service = Service::start().await;
    let (address, mut told) = receiver().await;
    let path = service.post("/api/v1/channels", &hook(address)).await.header("location").to_owned();
    let tested = service.post(&format!("{path}/test"), &json!({})).await.json();
    assert_eq!(tested, json!({ "delivered": true, "trouble": null, "detail": null }));
    let (headers, body) = told.recv().await.unwrap();
    assert!(headers.contains_key("webhook-signature"));
    assert_eq!(body["commonLabels"]["alertname"], "test");
    let elsewhere = json!({ "name": "desk", "kind": "webhook", "address": format!("http://{address}/nowhere") });
    service.put(&path, &elsewhere).await;
    let tested = service.post(&format!("{path}/test"), &json!({})).await.json();
    assert_eq!(tested["trouble"], json!({ "refused": { "code": 404, "said": null } }));
    assert_eq!(tested["detail"], "the receiver answered 404");
    let mail = json!({ "name": "mail", "kind": "email", "address": "ann@example.org" });
    let path = service.post("/api/v1/channels", &mail).await.header("location").to_owned();
    let tested = service.post(&format!("{path}/test"), &json!({})).await.json();
    assert!(tested["detail"].as_str().unwrap().contains("--smtp-url"), "{tested}");
    let nobody = "/api/v1/channels/0190b3a5-0000-7000-8000-000000000000/test";
    service.post(nobody, &json!({})).await.is_problem(404, "There is no channel");
}

/// Sixty-seven hours of a tweet every two minutes up to now; in the last one a further negative one comes every minute.
fn stream() -> String {
    let begin = Timestamp::now().checked_sub(SignedDuration::from_hours(67)).unwrap();
    let mut lines = String::new();
    let mut number = 0;
    for minute in 0..67 * 60 {
        let at = begin.checked_add(SignedDuration::from_mins(minute)).unwrap();
        let usual = if minute % 10 == 0 { "negative" } else { "neutral" };
        let labels =
            [(minute % 2 == 0).then_some(usual), (minute >= 66 * 60).then_some("negative")];
        for label in labels.into_iter().flatten() {
            number += 1;
            let tweet = json!({
                "at": at.to_string(), "id": number, "author": number, "label": label, "reason": "late_flight",
                "text": format!("@united a{number} b{number} c{number} d{number}")
            });
            lines.push_str(&format!("{tweet}\n"));
        }
    }
    lines
}

#[tokio::test]
async fn an_incident_in_a_stream_reaches_the_receiver_and_its_end_does_too() {
    let service = Service::start().await;
    watch(&service, "United").await;
    let (address, mut told) = receiver().await;
    let channel = service.post("/api/v1/channels", &hook(address)).await;
    let request = service.request(Method::POST, "/api/v1/tweets");
    let request = request.header("content-type", "application/x-ndjson").body(stream());
    assert_eq!(service.send(request).await.status, 200);
    let (_, begun) = told.recv().await.unwrap();
    assert_eq!(
        (&begun["status"], &begun["commonLabels"]["watch"]),
        (&json!("firing"), &json!("United"))
    );
    assert!(!begun.to_string().contains("@united a"), "no tweet leaves: {begun}");
    let incident = begun["commonLabels"]["incident"].as_str().unwrap();
    let dismiss = json!({ "do": "dismiss" });
    service.post(&format!("/api/v1/incidents/{incident}/entries"), &dismiss).await;
    let over = loop {
        let (_, body) = told.recv().await.unwrap();
        if body["status"] == "resolved" {
            break body;
        }
    };
    assert_eq!(over["groupKey"], begun["groupKey"]);
    let path = format!("{}/deliveries", channel.header("location"));
    let newest = &service.get(&path).await.json()[0];
    assert_eq!((&newest["event"], &newest["incident_id"]), (&json!("ended"), &json!(incident)));
    // Whoever is told does not hold up the end.
    service.stopped().await;
}

#[tokio::test]
async fn a_kill_while_the_receiver_is_down_loses_nothing_on_sqlite() {
    a_kill_while_the_receiver_is_down_loses_nothing("sqlite://kept.db").await;
}

#[tokio::test]
async fn a_kill_while_the_receiver_is_down_loses_nothing_on_postgresql() {
    let database = PostgresServer::shared().unwrap().create_database().unwrap();
    a_kill_while_the_receiver_is_down_loses_nothing(&database).await;
}

async fn a_kill_while_the_receiver_is_down_loses_nothing(database_url: &str) {
    let folder = TempDir::new().unwrap();
    SmallBundle::default().write(&folder.path().join("model"));
    let nobody = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let program = Program::start(folder.path(), database_url);
    let united = json!({ "name": "United", "query": "@united" });
    program.ask(Method::POST, "/api/v1/watches", Some(&united)).await;
    let channel = program.ask(Method::POST, "/api/v1/channels", Some(&hook(nobody))).await;
    let tweets = format!("http://{}/api/v1/tweets", program.address);
    let sent = reqwest::Client::new().post(tweets).header("content-type", "application/x-ndjson");
    assert_eq!(sent.body(stream()).send().await.unwrap().status(), 200);
    let path = format!("{}/deliveries", channel.header("location"));
    let failing = loop {
        let newest = program.ask(Method::GET, &path, None).await.json();
        if newest[0]["failing_since"].is_string() {
            break newest[0].clone();
        }
    };
    assert_eq!(failing["trouble"], "connection");
    program.kill();
    let (_, mut told) = receiver_at(nobody).await;
    let restarted = Program::start(folder.path(), database_url);
    let (headers, body) = told.recv().await.unwrap();
    assert_eq!(headers["webhook-id"].to_str().unwrap(), failing["id"]);
    assert_eq!(body["status"], "firing");
    loop {
        let newest = restarted.ask(Method::GET, &path, None).await.json();
        if newest[0]["outcome"] == "delivered" {
            return;
        }
    }
}

#[tokio::test]
async fn rules_of_a_watch_are_kept_and_what_means_nothing_is_refused() {
    let service = Service::start().await;
    let id = watch(&service, "United").await;
    let path = format!("/api/v1/watches/{}/rules", id.as_str().unwrap());
    let none =
        json!({ "threshold": null, "cooldown_minutes": 0, "quiet_hours": null, "campaigns": [] });
    assert_eq!(service.get(&path).await.json(), none);
    let rules = json!({
        "threshold": 8,
        "cooldown_minutes": 30,
        "quiet_hours": { "zone": "Europe/Paris", "from": "22:00:00", "until": "07:00:00" },
        "campaigns": [{ "name": "Sale", "from": "2026-07-01T00:00:00Z", "until": "2026-07-02T00:00:00Z" }]
    });
    assert_eq!(service.put(&path, &rules).await.json(), rules);
    assert_eq!(service.get(&path).await.json(), rules);
    for (rules, words) in [
        (json!({ "cooldown_minutes": 5000 }), "0 to 1440 minutes"),
        (json!({ "threshold": 2 }), "3 to 30 nats"),
        (
            json!({ "quiet_hours": { "zone": "Mars", "from": "22:00", "until": "07:00" } }),
            "no time zone “Mars”",
        ),
        (
            json!({ "quiet_hours": { "zone": "UTC", "from": "22:00", "until": "22:00" } }),
            "different times",
        ),
        (
            json!({ "campaigns": [{ "name": " ", "from": "2026-07-01T00:00:00Z", "until": "2026-07-02T00:00:00Z" }] }),
            "campaign",
        ),
    ] {
        service.put(&path, &rules).await.is_problem(422, words);
    }
    let nobody = "/api/v1/watches/0190b3a5-0000-7000-8000-000000000000/rules";
    service.put(nobody, &none).await.is_problem(404, "There is no watch");
    service.get(nobody).await.is_problem(404, "There is no watch");
}

#[tokio::test]
async fn what_another_threshold_would_have_done_is_told() {
    let service = Service::start().await;
    let id = watch(&service, "United").await;
    let path = format!("/api/v1/watches/{}/what-if", id.as_str().unwrap());
    assert_eq!(service.get(&format!("{path}?threshold=8")).await.json(), Value::Null);
    let request = service.request(Method::POST, "/api/v1/tweets");
    let request = request.header("content-type", "application/x-ndjson").body(stream());
    assert_eq!(service.send(request).await.status, 200);
    let told = service.get(&format!("{path}?threshold=900")).await.json();
    assert_eq!((&told["fired"], &told["present_fired"]), (&json!(0), &json!(1)));
    assert_eq!(told["present_threshold"], 6.0);
    service.get(&path).await.is_problem(400, "threshold");
    service.get(&format!("{path}?threshold=0")).await.is_problem(400, "0.5 to 1000");
    let nobody = "/api/v1/watches/0190b3a5-0000-7000-8000-000000000000/what-if?threshold=8";
    service.get(nobody).await.is_problem(404, "There is no watch");
}

#[tokio::test]
async fn a_watch_without_closed_incidents_claims_nothing() {
    let service = Service::start().await;
    let id = watch(&service, "United").await;
    let path = format!("/api/v1/watches/{}/precision", id.as_str().unwrap());
    let expected =
        json!({ "closed": 0, "real": { "count": 0, "share": 0.0, "low": 0.0, "high": 1.0 } });
    assert_eq!(service.get(&path).await.json(), expected);
}
