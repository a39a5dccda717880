use std::time::Duration;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    time::timeout,
};

use crate::support::{Service, raw};

const LIVE: &str = "GET /health/live HTTP/1.1\r\nhost: localhost\r\n\r\n";

#[tokio::test]
async fn headers_that_never_end_close_the_connection() {
    let service =
        Service::with_connections(|limits| limits.headers = Duration::from_millis(50)).await;
    let answer = raw::rest(
        raw::send(service.address, "GET / HTTP/1.1\r\nhost: localhost\r\nx-slow: ").await,
    )
    .await;
    assert!(!answer.contains("200 OK"), "{answer}");
}

#[tokio::test]
async fn a_connection_that_says_nothing_is_closed() {
    let service =
        Service::with_connections(|limits| limits.headers = Duration::from_millis(50)).await;
    assert_eq!(raw::rest(raw::send(service.address, "").await).await, "");
}

#[tokio::test]
async fn a_kept_connection_that_says_nothing_more_is_closed() {
    let service =
        Service::with_connections(|limits| limits.headers = Duration::from_millis(500)).await;
    let answer = raw::rest(raw::send(service.address, LIVE).await).await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

#[tokio::test]
async fn one_connection_too_many_waits_for_a_place() {
    let service = Service::with_connections(|limits| limits.at_a_time = 1).await;
    let first = raw::send(service.address, LIVE).await;
    first.readable().await.unwrap();
    let mut second = raw::send(service.address, LIVE).await;
    let early = timeout(Duration::from_millis(200), second.read_u8()).await;
    assert!(early.is_err(), "it was answered beside the first: {early:?}");
    drop(first);
    assert_eq!(second.read_u8().await.unwrap(), b'H');
}

#[tokio::test]
async fn a_client_that_never_reads_loses_its_place() {
    let service = Service::with_connections(|limits| {
        limits.at_a_time = 1;
        limits.write = Duration::from_millis(50);
    })
    .await;
    // More than the system keeps for a socket on its way.
    let file = vec![b'.'; 32 * 1024 * 1024];
    std::fs::write(service.folder.path().join("site/pkg/large.txt"), file).unwrap();
    let request = "GET /pkg/large.txt HTTP/1.1\r\nhost: localhost\r\n\r\n";
    let unread = raw::send(service.address, request).await;
    unread.readable().await.unwrap();
    let next = timeout(Duration::from_secs(10), service.get("/health/live")).await;
    assert_eq!(next.unwrap().status, 200);
}

#[tokio::test]
async fn a_request_in_flight_is_finished_when_the_service_stops() {
    let service = Service::start().await;
    let request = "POST /api/v1/analyses HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
         content-length: 16\r\n\r\n{\"text\"";
    let mut flight = raw::send(service.address, request).await;
    // An answer on another connection proves that the service is past accepting ours.
    service.get("/health/live").await;
    service.stop();
    flight.write_all(b": \"fine\"}").await.unwrap();
    let answer = raw::rest(flight).await;
    assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
    service.stopped().await;
}
