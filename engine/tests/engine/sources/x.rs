//! A server that speaks as X's filtered stream does.

use std::collections::VecDeque;

use domain::{SourceState, WaitingReason};
use engine::{SourcesConfig, Token, XConfig};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

use super::{following, report, texts, watch};
use crate::house::House;

struct X(TcpListener);

/// A request, and the connection on which it waits for its answer.
struct Asked {
    /// Such as `GET /2/tweets/search/stream`.
    line: String,
    is_ours: bool,
    body: Value,
    connection: BufReader<TcpStream>,
}

impl X {
    async fn new() -> Self {
        Self(TcpListener::bind("127.0.0.1:0").await.unwrap())
    }

    async fn house(&self, monthly_reads: u64) -> House {
        let url = format!("http://{}", self.0.local_addr().unwrap()).parse().unwrap();
        let config = XConfig { url, token: Token("secret".to_owned()), monthly_reads };
        following(SourcesConfig { bluesky: None, x: Some(config) }).await
    }

    async fn next(&self) -> Asked {
        let (stream, _) = self.0.accept().await.unwrap();
        let mut connection = BufReader::new(stream);
        let mut lines = VecDeque::new();
        loop {
            let mut line = String::new();
            connection.read_line(&mut line).await.unwrap();
            if line.trim().is_empty() {
                break;
            }
            lines.push_back(line.trim().to_ascii_lowercase());
        }
        let length =
            lines.iter().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
        let mut body = vec![0; length.unwrap_or(0)];
        connection.read_exact(&mut body).await.unwrap();
        let is_ours = lines.contains(&"authorization: bearer secret".to_owned());
        let line = lines.pop_front().unwrap().replace(" http/1.1", "");
        Asked { line, is_ours, body: serde_json::from_slice(&body).unwrap_or_default(), connection }
    }

    /// Answers two requests about rules, of which one is there, and gives what is to be added and deleted.
    async fn rules(&self) -> [Value; 2] {
        let mut asked = self.next().await;
        assert!(
            asked.is_ours && asked.line == "get /2/tweets/search/stream/rules",
            "{}",
            asked.line
        );
        let known = json!({ "data": [{ "id": "9", "value": "(@delta)", "tag": "vigie" }] });
        asked.answer("200 OK", &known).await;
        let mut bodies = Vec::new();
        for _ in 0..2 {
            let mut asked = self.next().await;
            assert_eq!(asked.line, "post /2/tweets/search/stream/rules");
            asked.answer("201 Created", &json!({ "meta": {} })).await;
            bodies.push(asked.body);
        }
        [bodies[1]["add"].take(), bodies[0]["delete"].take()]
    }
}

impl Asked {
    async fn answer(&mut self, status: &str, body: &Value) {
        let body = body.to_string();
        let length = body.len();
        let answer = format!(
            "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
        );
        self.connection.write_all(answer.as_bytes()).await.unwrap();
    }

    async fn begin_stream(&mut self) {
        self.connection.write_all(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n").await.unwrap();
    }

    async fn say(&mut self, line: &str) {
        self.connection.write_all(format!("{line}\r\n").as_bytes()).await.unwrap();
    }
}

fn post(id: u64, text: &str) -> String {
    let data = json!({ "id": id.to_string(), "text": text, "created_at": "2026-11-27T10:00:00.000Z", "author_id": "3" });
    json!({ "data": data, "matching_rules": [{ "id": "1", "tag": "vigie" }] }).to_string()
}

#[tokio::test]
async fn rules_follow_the_watches_and_posts_are_taken_within_the_month_s_budget() {
    let x = X::new().await;
    let house = x.house(3).await;
    let united = watch(&house.engine, "United", "@united").await;
    let [add, delete] = x.rules().await;
    assert_eq!(add, json!([{ "value": "(@united)", "tag": "vigie" }]));
    assert_eq!(delete, json!({ "ids": ["9"] }));
    let mut stream = x.next().await;
    assert_eq!(stream.line, "get /2/tweets/search/stream?tweet.fields=created_at%2cauthor_id");
    stream.begin_stream().await;
    stream.say("").await;
    stream.say(&post(1, "late again @united")).await;
    stream.say(&post(2, "thanks @united")).await;
    assert_eq!(texts(&house, &united, 2).await.len(), 2);
    let told = report(&house, |report| report.tweets == 2).await;
    assert_eq!(told.state, SourceState::Followed);
    stream.say(&post(3, "@united lost my bag")).await;
    let told = report(&house, |report| report.reason == Some(WaitingReason::MonthReadUp)).await;
    assert_eq!(told.budget.map(|budget| (budget.read, budget.of)), Some((3, 3)));
    assert_eq!(texts(&house, &united, 3).await.len(), 3);
    house.engine.shutdown().await;
}

#[tokio::test]
async fn a_token_that_is_refused_is_said_and_never_shown() {
    let x = X::new().await;
    let house = x.house(3).await;
    watch(&house.engine, "United", "@united").await;
    let mut asked = x.next().await;
    asked.answer("401 Unauthorized", &json!({ "title": "Unauthorized" })).await;
    let told = report(&house, |report| report.reason == Some(WaitingReason::Refused)).await;
    let detail = told.detail.unwrap();
    assert!(detail.contains("401") && detail.contains("bearer token"), "{detail}");
    assert!(!detail.contains("secret"), "{detail}");
    house.engine.shutdown().await;
}
