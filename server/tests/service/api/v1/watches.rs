//! Watches, tweets that come for them, and incidents, over REST.

use std::fmt::Write;

use jiff::{SignedDuration, Timestamp};
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Answer, Service};

async fn watch(service: &Service, name: &str, query: &str) -> Value {
    let answer = service.post("/api/v1/watches", &json!({ "name": name, "query": query })).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    let watch = answer.json();
    let id = watch["id"].as_str().unwrap();
    assert_eq!(answer.header("location"), format!("/api/v1/watches/{id}"));
    watch
}

async fn send(service: &Service, lines: &str) -> Answer {
    let request = service.request(Method::POST, "/api/v1/tweets");
    let request = request.header("content-type", "application/x-ndjson");
    service.send(request.body(lines.to_owned())).await
}

/// Three days and a half of a tweet every two minutes; for four hours a further negative one comes every minute.
fn stream() -> String {
    let begin: Timestamp = "2015-02-20T00:00:00Z".parse().unwrap();
    let mut lines = String::new();
    let mut number = 0;
    for minute in 0..84 * 60 {
        let at = begin.checked_add(SignedDuration::from_mins(minute)).unwrap();
        let usual = if minute % 10 == 0 { "negative" } else { "neutral" };
        let is_buzz = (66 * 60..70 * 60).contains(&minute);
        let labels = [(minute % 2 == 0).then_some(usual), is_buzz.then_some("negative")];
        for label in labels.into_iter().flatten() {
            number += 1;
            let tweet = json!({
                "at": at.to_string(), "id": number, "author": number, "label": label, "reason": "late_flight",
                "text": format!("@united a{number} b{number} c{number} d{number}")
            });
            writeln!(lines, "{tweet}").unwrap();
        }
    }
    lines
}

/// The next event of a stream of them, as its id and data.
async fn event(response: &mut reqwest::Response, read: &mut String) -> (String, Value) {
    loop {
        if let Some((event, rest)) = read.split_once("\n\n") {
            let field = |name: &str| {
                let line = event.lines().find_map(|line| line.strip_prefix(name));
                line.map(|value| value.trim().to_owned())
            };
            let found = field("id:").zip(field("data:"));
            *read = rest.to_owned();
            if let Some((id, data)) = found {
                return (id, serde_json::from_str(&data).unwrap());
            }
            continue;
        }
        let chunk = response.chunk().await.unwrap().expect("the stream goes on");
        read.push_str(std::str::from_utf8(&chunk).unwrap());
    }
}

#[tokio::test]
async fn a_watch_is_made_changed_and_removed() {
    let service = Service::start().await;
    assert_eq!(service.get("/api/v1/watches").await.json(), json!([]));
    let made = watch(&service, " United ", "@united").await;
    assert_eq!((&made["name"], &made["is_simulated"]), (&json!("United"), &json!(false)));
    let path = format!("/api/v1/watches/{}", made["id"].as_str().unwrap());
    assert_eq!(service.get(&path).await.json(), made);
    let taken = service.post("/api/v1/watches", &json!({ "name": "United", "query": "x" })).await;
    taken.is_problem(409, "There is a watch “United” already");
    let changed = service.put(&path, &json!({ "name": "UA", "query": "united OR ua" })).await;
    assert_eq!((changed.status, &changed.json()["query"]), (200, &json!("united OR ua")));
    assert_eq!(service.delete(&path).await.status, 204);
    service.delete(&path).await.is_problem(404, "There is no watch");
    service.get(&path).await.is_problem(404, "There is no watch");
    service.get("/api/v1/watches/none").await.is_problem(404, "There is no watch “none”");
}

#[tokio::test]
async fn a_watch_that_is_none_is_told_what_is_wrong() {
    let service = Service::start().await;
    for (name, query, words) in [
        ("", "x", "name of a watch has 1 to 60"),
        ("x", "", "there must be a word"),
        ("x", "\"x", "quote is opened"),
        ("x", "-x", "not excluded"),
    ] {
        let body = json!({ "name": name, "query": query });
        service.post("/api/v1/watches", &body).await.is_problem(422, words);
    }
}

#[tokio::test]
async fn tweets_are_taken_in_once_and_bad_lines_are_told() {
    let service = Service::start().await;
    watch(&service, "United", "@united").await;
    let lines = "{\"at\": \"2026-01-02T03:04:05Z\", \"text\": \"@united late\", \"id\": 1}\n\
        secret\n\n\
        {\"at\": \"2026-01-02T03:04:05Z\", \"text\": \"@delta late\", \"id\": 2}\n\
        {\"at\": \"9999-01-02T03:04:05Z\", \"text\": \"@united\", \"id\": 3}\n";
    let answer = send(&service, lines).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let said = answer.json();
    assert_eq!(
        (&said["stored"], &said["known"], &said["unwatched"], &said["refused"]),
        (&json!(1), &json!(0), &json!(1), &json!(2))
    );
    let told: Vec<_> = said["reasons"].as_array().unwrap().iter().map(|r| &r["line"]).collect();
    assert_eq!(told, [&json!(2), &json!(5)]);
    assert!(!answer.text.contains("secret"));
    let again = send(&service, lines).await.json();
    assert_eq!((&again["stored"], &again["known"]), (&json!(0), &json!(1)));
    let one = json!({ "at": "2026-01-02T03:04:06Z", "text": "@united thanks" });
    assert_eq!(service.post("/api/v1/tweets", &one).await.json()["stored"], 1);
}

#[tokio::test]
async fn what_is_no_stream_of_tweets_is_told() {
    let service = Service::start().await;
    let request = service.request(Method::POST, "/api/v1/tweets").body("{}");
    service.send(request).await.is_problem(415, "Send JSON");
    let binary: Vec<u8> = (0..100_000_u32).map(|number| (number * 7919 % 251) as u8).collect();
    let answer = service.post_bytes("/api/v1/tweets", binary).await;
    assert_eq!((answer.status, &answer.json()["stored"]), (200, &json!(0)));
    assert!(answer.json()["refused"].as_u64().unwrap() > 0);
    let long = vec![b' '; 9 * 1024 * 1024];
    assert_eq!(service.post_bytes("/api/v1/tweets", long).await.status, 413);
}

#[tokio::test]
async fn a_watch_is_counted_by_time_and_lists_its_tweets() {
    let service = Service::start().await;
    let made = watch(&service, "United", "@united").await;
    let path = format!("/api/v1/watches/{}", made["id"].as_str().unwrap());
    send(&service, &stream()).await;
    let span = "from=2015-02-22T20:00:00Z&to=2015-02-22T22:00:00Z";
    let course = service.get(&format!("{path}/course?seconds=3600&{span}")).await.json();
    let points = course["points"].as_array().unwrap();
    assert_eq!(points.len(), 2);
    assert_eq!((&points[0]["tweets"], &points[0]["negatives"]), (&json!(90), &json!(66)));
    assert_eq!(course["reasons"], json!([{ "reason": "late_flight", "negatives": 132 }]));
    let tweets = service.get(&format!("{path}/tweets?limit=2&label=negative&{span}")).await.json();
    assert_eq!(tweets.as_array().unwrap().len(), 2);
    assert_eq!(tweets[0]["at"], "2015-02-22T21:59:00Z");
    let newest = service.get(&format!("{path}/tweets")).await.json();
    assert_eq!(newest[0]["at"], "2015-02-23T11:58:00Z", "the newest day without a span");
    service.get(&format!("{path}/course?seconds=1")).await.is_problem(400, "“seconds”");
    service.get(&format!("{path}/tweets?limit=0")).await.is_problem(400, "1 to 200");
    let turned = "from=2015-02-22T22:00:00Z&to=2015-02-22T20:00:00Z";
    service.get(&format!("{path}/course?{turned}")).await.is_problem(400, "before “to”");
    service.get(&format!("{path}/course?from=soon")).await.is_problem(400, "cannot be read");
}

#[tokio::test]
async fn an_incident_is_told_to_all_who_follow_and_so_is_what_is_done_about_it() {
    let service = Service::start().await;
    watch(&service, "United", "@united").await;
    let follow = |id: Option<String>| {
        let request = service.request(Method::GET, "/api/v1/incidents/news");
        match id {
            Some(id) => request.header("last-event-id", id),
            None => request,
        }
    };
    let (mut first, mut read) = (follow(None).send().await.unwrap(), String::new());
    assert_eq!(first.headers()["content-type"], "text/event-stream");
    send(&service, &stream()).await;
    let (begun, told) = event(&mut first, &mut read).await;
    assert_eq!((&told["state"], &told["incident"]["watch"]), (&json!("new"), &json!("United")));
    let path = format!("/api/v1/incidents/{}", told["id"].as_str().unwrap());
    let act = json!({ "do": "acknowledge", "reviewer": "Zoé" });
    let done = service.post(&format!("{path}/entries"), &act).await;
    assert_eq!((done.status, &done.json()["state"]), (200, &json!("acknowledged")));
    let (mut second, mut rest) = (follow(Some(begun)).send().await.unwrap(), String::new());
    for (response, read) in [(&mut first, &mut read), (&mut second, &mut rest)] {
        while event(response, read).await.1["state"] != "acknowledged" {}
    }
    let note = json!({ "do": "note", "text": "on it" });
    service.post(&format!("{path}/entries"), &note).await;
    let file = service.get(&path).await.json();
    assert_eq!(file["entries"][1]["action"], note);
    assert_eq!(file["entries"][0]["by"], "Zoé");
    let all = service.get("/api/v1/incidents").await.json();
    assert_eq!((all.as_array().unwrap().len(), &all[0]["id"]), (1, &file["id"]));
    // Whoever follows does not hold up the end.
    service.stopped().await;
}

#[tokio::test]
async fn what_cannot_be_done_about_an_incident_is_told() {
    let service = Service::start().await;
    let path = "/api/v1/incidents/0190b3a5-0000-7000-8000-000000000000";
    service.get(path).await.is_problem(404, "There is no incident");
    let entries = format!("{path}/entries");
    service
        .post(&entries, &json!({ "do": "resolve" }))
        .await
        .is_problem(404, "There is no incident");
    for body in [json!({}), json!({ "do": "dance" }), json!({ "do": "note", "text": " " })] {
        assert_eq!(service.post(&entries, &body).await.status, 422, "{body}");
    }
    let news = service.request(Method::GET, "/api/v1/incidents/news");
    let news = service.send(news.header("last-event-id", "x")).await;
    news.is_problem(400, "“Last-Event-ID”");
}
