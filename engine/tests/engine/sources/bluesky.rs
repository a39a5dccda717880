//! A server that speaks Jetstream's protocol.

use domain::{SourceState, WaitingReason};
use engine::SourcesConfig;
use futures::SinkExt;
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::{
    WebSocketStream, accept_hdr_async,
    tungstenite::{
        Message,
        handshake::server::{ErrorResponse, Request, Response},
    },
};
use url::Url;

use super::{following, report, texts, watch};
use crate::house::House;

/// A time, in microseconds.
const T: i64 = 1_725_911_162_000_000;

struct Jetstream {
    listener: TcpListener,
    url: Url,
}

impl Jetstream {
    async fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("ws://{}/subscribe", listener.local_addr().unwrap()).parse().unwrap();
        Self { listener, url }
    }

    async fn house(&self) -> House {
        following(SourcesConfig { bluesky: Some(self.url.clone()), x: None }).await
    }

    /// The next client, and what it asks for.
    async fn client(&self) -> (WebSocketStream<TcpStream>, String) {
        let (stream, _) = self.listener.accept().await.unwrap();
        let mut asked = String::new();
        #[expect(clippy::result_large_err, reason = "the library's own type")]
        let look = |request: &Request, response: Response| -> Result<Response, ErrorResponse> {
            asked = request.uri().query().unwrap_or_default().to_owned();
            Ok(response)
        };
        let socket = accept_hdr_async(stream, look).await.unwrap();
        (socket, asked)
    }
}

/// A post as Jetstream tells it.
fn post(time_us: i64, text: &str) -> Message {
    let message = serde_json::json!({
        "did": "did:plc:ann", "time_us": time_us, "kind": "commit",
        "commit": {
            "rev": "1", "operation": "create", "collection": "app.bsky.feed.post", "rkey": time_us.to_string(),
            "record": { "$type": "app.bsky.feed.post", "createdAt": "2024-09-09T19:46:02Z", "text": text }, "cid": "c",
        },
    });
    Message::text(message.to_string())
}

#[tokio::test]
async fn what_watches_ask_for_is_taken_and_after_a_break_it_goes_on_without_a_gap_or_a_double() {
    let jetstream = Jetstream::new().await;
    let house = jetstream.house().await;
    let united = watch(&house.engine, "United", "@united").await;
    let (mut socket, asked) = jetstream.client().await;
    assert_eq!(asked, "wantedCollections=app.bsky.feed.post");
    for (after, text) in [(0, "late again @united"), (1, "cats"), (2, "thanks @united")] {
        socket.send(post(T + after, text)).await.unwrap();
    }
    socket.send(Message::text("what is this")).await.unwrap();
    assert_eq!(texts(&house, &united, 2).await, ["thanks @united", "late again @united"]);
    let told = report(&house, |report| report.garbled == 1).await;
    assert_eq!((told.state, told.tweets), (SourceState::Followed, 3));
    drop(socket);

    let (mut socket, asked) = jetstream.client().await;
    assert_eq!(asked, format!("wantedCollections=app.bsky.feed.post&cursor={}", T + 2 - 5_000_000));
    for (after, text) in
        [(0, "late again @united"), (2, "thanks @united"), (3, "@united lost my bag")]
    {
        socket.send(post(T + after, text)).await.unwrap();
    }
    assert_eq!(texts(&house, &united, 3).await.len(), 3);
    house.engine.shutdown().await;
}

#[tokio::test]
async fn a_restart_goes_on_where_it_was() {
    let jetstream = Jetstream::new().await;
    let house = jetstream.house().await;
    let united = watch(&house.engine, "United", "@united").await;
    let (mut socket, _) = jetstream.client().await;
    socket.send(post(T, "late again @united")).await.unwrap();
    texts(&house, &united, 1).await;
    house.engine.shutdown().await;
    drop(socket);

    let folder = house.folder;
    let url = format!("sqlite://{}", folder.path().join("vigie.db").display());
    let store = store::connect(&url, &store::ConnectOptions::default()).await.unwrap();
    let sources = SourcesConfig { bluesky: Some(jetstream.url.clone()), x: None };
    let config = engine::EngineConfig { sources, ..engine::EngineConfig::default() };
    let engine = engine::Engine::start(crate::house::model(), store, config).unwrap();
    let (_socket, asked) = jetstream.client().await;
    assert!(asked.ends_with(&format!("cursor={}", T - 5_000_000)), "{asked}");
    engine.shutdown().await;
}

#[tokio::test]
async fn without_a_watch_nobody_is_asked_and_a_server_that_is_away_is_said_to_be() {
    let jetstream = Jetstream::new().await;
    let house = jetstream.house().await;
    let told = report(&house, |report| report.reason == Some(WaitingReason::NoWatch)).await;
    assert_eq!(told.state, SourceState::Waiting);
    drop(jetstream);
    watch(&house.engine, "United", "@united").await;
    let told = report(&house, |report| report.reason == Some(WaitingReason::Unreachable)).await;
    assert!(told.detail.unwrap().contains("cannot be reached"));
    house.engine.shutdown().await;
}
