//! X's filtered stream: the posts that rules ask for, as JSON lines in an answer that does not end.
//!
//! <https://docs.x.com/x-api/posts/filtered-stream/introduction>

mod rules;

use std::{io, time::Duration};

use async_trait::async_trait;
use domain::Watch;
use futures::{StreamExt, TryStreamExt};
use jiff::Timestamp;
use reqwest::{Client, RequestBuilder, Response, StatusCode, redirect::Policy};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use tokio_util::{
    codec::{FramedRead, LinesCodec, LinesCodecError},
    io::StreamReader,
};
use url::Url;

use super::{Connection, Piece, Source, SourceError, XConfig};
use crate::{Given, Incoming};

/// As its posts name it.
const NAME: &str = "x";
/// The longest line.
const MOST_BYTES: usize = 1 << 20;
/// How long it may take to be reached, and to answer what is no stream.
const PATIENCE: Duration = Duration::from_secs(20);

/// The posts of X that watches ask for.
pub struct X {
    config: XConfig,
    client: Option<Client>,
}

impl X {
    /// Reads as `config` says.
    pub const fn new(config: XConfig) -> Self {
        Self { config, client: None }
    }

    /// Kept: the rules and the stream go through it.
    fn client(&mut self) -> Result<Client, SourceError> {
        if let Some(client) = &self.client {
            return Ok(client.clone());
        }
        // The secret goes to the address that was given, and to no other.
        let client = Client::builder().connect_timeout(PATIENCE).redirect(Policy::none()).build();
        let client = client.map_err(|error| SourceError::Unreachable(error.to_string()))?;
        Ok(self.client.insert(client).clone())
    }

    fn address(&self, path: &str) -> Url {
        let mut url = self.config.url.clone();
        url.set_path(&format!("{}/2/tweets/search/{path}", url.path().trim_end_matches('/')));
        url
    }

    async fn ask(&self, request: RequestBuilder) -> Result<Response, SourceError> {
        let answer = request.bearer_auth(&self.config.token.0).send().await.map_err(unreachable)?;
        match answer.status() {
            StatusCode::OK | StatusCode::CREATED => Ok(answer),
            status => Err(refused(status)),
        }
    }

    async fn ask_for_json<T: DeserializeOwned>(
        &self,
        request: RequestBuilder,
    ) -> Result<T, SourceError> {
        let answer = self.ask(request.timeout(PATIENCE)).await?;
        answer.json().await.map_err(unreachable)
    }
}

#[async_trait]
impl Source for X {
    fn name(&self) -> &'static str {
        NAME
    }

    fn monthly_reads(&self) -> Option<u64> {
        Some(self.config.monthly_reads)
    }

    /// Makes its rules ours; those of others stay.
    async fn ask_for(&mut self, watches: &[Watch]) -> Result<Option<String>, SourceError> {
        let client = self.client()?;
        let address = self.address("stream/rules");
        let Rules { data: known } = self.ask_for_json(client.get(address.clone())).await?;
        let wanted = rules::wanted(watches);
        let (add, delete) = rules::changes(&known, &wanted);
        if !delete.is_empty() {
            let body = serde_json::json!({ "delete": { "ids": delete } });
            self.ask(client.post(address.clone()).timeout(PATIENCE).json(&body)).await?;
        }
        if add.is_empty() {
            return Ok(None);
        }
        let body = serde_json::json!({ "add": add });
        let Added { errors } = self.ask_for_json(client.post(address).json(&body)).await?;
        let Some(Complaint { title }) = errors.first() else { return Ok(None) };
        let refused = errors.len();
        let detail = format!("queries of {refused} watches cannot be rules there: {title}");
        if refused >= wanted.len() {
            return Err(SourceError::Refused { status: 400, detail: format!(": {detail}") });
        }
        Ok(Some(detail))
    }

    async fn connect(&mut self, _cursor: Option<&str>) -> Result<Connection, SourceError> {
        let mut address = self.address("stream");
        address.query_pairs_mut().append_pair("tweet.fields", "created_at,author_id");
        let request = self.client()?.get(address);
        let bytes = self.ask(request).await?.bytes_stream().map_err(io::Error::other);
        let lines =
            FramedRead::new(StreamReader::new(bytes), LinesCodec::new_with_max_length(MOST_BYTES));
        Ok(lines.map(|line| line.map_err(broken).and_then(|line| piece(&line))).boxed())
    }
}

/// Never with the address, which may hold a password.
fn unreachable(error: reqwest::Error) -> SourceError {
    let mut cause: &dyn std::error::Error = &error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    SourceError::Unreachable(cause.to_string())
}

fn refused(status: StatusCode) -> SourceError {
    let detail = match status {
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
            ": the bearer token is not right, or its plan has no filtered stream"
        }
        StatusCode::TOO_MANY_REQUESTS => ": it is asked too often, or its own limit is reached",
        _ => "",
    };
    SourceError::Refused { status: status.as_u16(), detail: detail.to_owned() }
}

fn broken(error: LinesCodecError) -> SourceError {
    match error {
        LinesCodecError::MaxLineLengthExceeded => SourceError::TooLong,
        LinesCodecError::Io(_) => SourceError::Closed,
    }
}

/// The rules that there are.
#[derive(Deserialize)]
struct Rules {
    #[serde(default)]
    data: Vec<KnownRule>,
}

/// A rule as X knows it.
#[derive(Clone, Debug, Deserialize)]
struct KnownRule {
    id: String,
    value: String,
    #[serde(default)]
    tag: String,
}

/// A rule to be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Rule {
    value: String,
    tag: &'static str,
}

#[derive(Deserialize)]
struct Added {
    #[serde(default)]
    errors: Vec<Complaint>,
}

/// What X says of what it does not like; the rest of it may repeat what was sent.
#[derive(Deserialize)]
struct Complaint {
    #[serde(default)]
    title: String,
}

/// A line of the stream.
#[derive(Deserialize)]
struct Message {
    data: Option<Post>,
    #[serde(default)]
    errors: Vec<Complaint>,
}

#[derive(Deserialize)]
struct Post {
    id: String,
    text: String,
    created_at: Option<Timestamp>,
    author_id: Option<String>,
}

/// The post in a line; an empty one says that X is there.
fn piece(line: &str) -> Result<Piece, SourceError> {
    if line.trim().is_empty() {
        return Ok(Piece::default());
    }
    let Ok(Message { data, errors }) = serde_json::from_str(line) else {
        return Ok(Piece { is_garbled: true, ..Piece::default() });
    };
    if let Some(Complaint { title }) = errors.into_iter().next().filter(|_| data.is_none()) {
        return Err(SourceError::Unreachable(format!("it ends the stream ({title})")));
    }
    let tweet = data.map(|post| Incoming {
        source: NAME.to_owned(),
        source_id: Some(post.id),
        at: post.created_at.unwrap_or_else(crate::clock::now),
        watch: None,
        author: post.author_id,
        text: post.text,
        label: None,
        confidence: 1.0,
        reason: Given::Untold,
    });
    Ok(Piece { tweet, ..Piece::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_post_and_an_empty_one_a_sign_of_life() {
        let line = r#"{"data":{"id":"17","text":"late","created_at":"2026-11-27T10:00:00.000Z","author_id":"3",
            "edit_history_tweet_ids":["17"]},"matching_rules":[{"id":"1","tag":"vigie"}]}"#;
        let tweet = piece(line).unwrap().tweet.unwrap();
        assert_eq!((tweet.source_id.as_deref(), tweet.author.as_deref()), (Some("17"), Some("3")));
        assert_eq!(tweet.at, "2026-11-27T10:00:00Z".parse().unwrap());
        assert_eq!(piece("").unwrap(), Piece::default());
        assert!(piece("hello").unwrap().is_garbled);
    }

    #[test]
    fn the_end_that_x_announces_is_one() {
        let line = r#"{"errors":[{"title":"operational-disconnect","detail":"…"}]}"#;
        let error = piece(line).unwrap_err().to_string();
        assert!(error.contains("operational-disconnect"), "{error}");
    }
}
