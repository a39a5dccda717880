use std::{collections::BTreeSet, time::Duration};

use futures::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use tokio::io::AsyncWriteExt;

use crate::support::{Answer, Service, raw};

const HALF_A_REQUEST: &str = "POST /api/v1/analyses HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
     content-length: 17\r\nconnection: close\r\n\r\n{\"text\": ";

#[tokio::test]
async fn ten_megabytes_are_refused_and_the_client_sees_it() {
    let service = Service::start().await;
    let answer = service.post_bytes("/api/v1/analyses", vec![b'a'; 10 * 1024 * 1024]).await;
    answer.is_problem(413, "send at most 65536 bytes");
}

#[tokio::test]
async fn a_body_that_does_not_say_its_length_ends_at_the_limit() {
    let service = Service::start().await;
    let chunk = "a".repeat(0x10001);
    let request = format!(
        "POST /api/v1/analyses HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
         transfer-encoding: chunked\r\nconnection: close\r\n\r\n10001\r\n{chunk}\r\n0\r\n\r\n"
    );
    let answer = raw::rest(raw::send(service.address, &request).await).await;
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
    assert!(answer.contains("send at most 65536 bytes"), "{answer}");
}

#[tokio::test]
async fn a_body_that_stops_is_given_up() {
    let service = Service::limited(|limits| limits.read_timeout = Duration::from_millis(50)).await;
    let answer = raw::rest(raw::send(service.address, HALF_A_REQUEST).await).await;
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
    assert!(answer.contains("The body did not arrive in time"), "{answer}");
}

#[tokio::test]
async fn a_body_whose_chunks_make_no_sense_is_told() {
    let service = Service::start().await;
    let request = "POST /api/v1/analyses HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
         transfer-encoding: chunked\r\nconnection: close\r\n\r\nno number\r\n";
    let answer = raw::rest(raw::send(service.address, request).await).await;
    assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
    assert!(answer.contains("The body did not arrive whole"), "{answer}");
}

#[tokio::test]
async fn a_plain_form_that_is_too_long_or_too_much_is_refused_with_a_page() {
    let service = Service::limited(|limits| limits.body_bytes = 10).await;
    let answer = service.send(service.plain_form("too-long")).await;
    assert_eq!((answer.status, answer.header("content-type")), (413, "text/html; charset=utf-8"));
    assert!(answer.text.contains("<p>The body is too large"), "{}", answer.text);
    let service = Service::limited(|limits| limits.requests_in_flight = 1).await;
    let first = raw::send(service.address, HALF_A_REQUEST).await;
    let refused = loop {
        let request = service.request(Method::GET, "/").header("accept", "text/html");
        let answer = service.send(request).await;
        if answer.status != 200 {
            break answer;
        }
    };
    drop(first);
    assert_eq!((refused.status, refused.header("retry-after")), (429, "1"));
    assert!(refused.text.contains("<p>The service works at its capacity"), "{}", refused.text);
}

#[tokio::test]
async fn an_answer_that_takes_too_long_is_given_up() {
    let limit = Duration::from_millis(50);
    let service = Service::limited(|limits| limits.request_timeout = limit).await;
    let answer = raw::rest(raw::send(service.address, HALF_A_REQUEST).await).await;
    assert!(answer.starts_with("HTTP/1.1 503"), "{answer}");
    assert!(answer.contains("retry-after: 2\r\n"), "{answer}");
    assert!(answer.contains("took too long"), "{answer}");
}

#[tokio::test]
async fn over_capacity_one_is_told_when_to_come_back_and_health_still_answers() {
    let service = Service::limited(|limits| limits.requests_in_flight = 1).await;
    let mut first = raw::send(service.address, HALF_A_REQUEST).await;
    let refused = loop {
        let answer = service.get("/api/v1").await;
        if answer.status != 200 {
            break answer;
        }
    };
    refused.is_problem(429, "try again in a second");
    assert_eq!(refused.header("retry-after"), "1");
    assert_eq!(service.get("/health/ready").await.status, 200);
    first.write_all(b"\"fine\" }").await.unwrap();
    let answer = raw::rest(first).await;
    assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
}

/// Posts so many different texts at once.
async fn flood(service: &Service, count: usize) -> Vec<Answer> {
    let posts = (0..count).map(|n| async move {
        service.post("/api/v1/analyses", &json!({ "text": format!("flight {n}") })).await
    });
    join_all(posts).await
}

/// The ids of all analyses.
async fn stored(service: &Service) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    let mut query = "limit=200".to_owned();
    loop {
        let page = service.get(&format!("/api/v1/analyses?{query}")).await.json();
        let items = page["items"].as_array().unwrap();
        ids.extend(items.iter().map(|item| item["id"].as_str().unwrap().to_owned()));
        let Value::String(next) = &page["next"] else { return ids };
        query = format!("limit=200&before={next}");
    }
}

#[tokio::test]
async fn as_many_as_may_be_under_way_are_never_over_capacity() {
    let service = Service::start().await;
    let answers = flood(&service, 256).await;
    assert!(answers.iter().all(|answer| answer.status == 201));
    assert_eq!(stored(&service).await.len(), 256);
}

#[tokio::test]
async fn of_a_flood_all_that_was_accepted_is_stored_and_the_rest_is_told_to_come_back() {
    for service in
        [Service::limited(|limits| limits.requests_in_flight = 8).await, Service::cramped(8).await]
    {
        all_accepted_of_a_flood_are_stored(&service).await;
    }
}

async fn all_accepted_of_a_flood_are_stored(service: &Service) {
    let (accepted, refused): (Vec<_>, Vec<_>) =
        flood(service, 600).await.into_iter().partition(|answer| answer.status == 201);
    for answer in &refused {
        answer.is_problem(429, "try again in a second");
        assert_eq!(answer.header("retry-after"), "1");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
    }
    let id = |answer: &Answer| answer.json()["id"].as_str().unwrap().to_owned();
    assert_eq!(stored(service).await, accepted.iter().map(id).collect());
    assert!((8..600).contains(&accepted.len()), "{}", accepted.len());
}
