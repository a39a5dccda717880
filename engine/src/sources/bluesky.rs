//! Bluesky, through Jetstream: every public post as JSON over a WebSocket, and what was missed by its time.
//!
//! <https://github.com/bluesky-social/jetstream>

use std::borrow::Cow;

use async_trait::async_trait;
use futures::StreamExt;
use jiff::Timestamp;
use serde::Deserialize;
use tokio_tungstenite::{
    connect_async_with_config,
    tungstenite::{Error, Message, protocol::WebSocketConfig},
};
use url::Url;

use super::{Connection, Piece, Source, SourceError};
use crate::{Given, Incoming};

/// As its posts name it.
const NAME: &str = "bluesky";
/// What is asked for: posts, no likes and follows.
const POSTS: &str = "app.bsky.feed.post";
/// The longest message; a post has 300 characters, with what it links to some kilobytes.
const MOST_BYTES: usize = 1 << 20;
/// A message that is none of Jetstream's.
const GARBLED: Piece = Piece { tweet: None, cursor: None, is_garbled: true };
/// How far before its cursor reading goes on: servers do not agree to the microsecond, and a post that comes
/// twice is known.
const REWIND_US: i64 = 5_000_000;

/// The posts of Bluesky.
pub struct Bluesky {
    url: Url,
}

impl Bluesky {
    /// Through the Jetstream server at `url`.
    pub const fn new(url: Url) -> Self {
        Self { url }
    }

    /// Where to connect to.
    fn address(&self, cursor: Option<&str>) -> Url {
        let mut url = self.url.clone();
        url.query_pairs_mut().append_pair("wantedCollections", POSTS);
        if let Some(cursor) = cursor.and_then(|cursor| cursor.parse::<i64>().ok()) {
            url.query_pairs_mut().append_pair("cursor", &(cursor - REWIND_US).to_string());
        }
        url
    }
}

#[async_trait]
impl Source for Bluesky {
    fn name(&self) -> &'static str {
        NAME
    }

    async fn connect(&mut self, cursor: Option<&str>) -> Result<Connection, SourceError> {
        let config = WebSocketConfig::default()
            .max_message_size(Some(MOST_BYTES))
            .max_frame_size(Some(MOST_BYTES));
        let address = self.address(cursor);
        let connected = connect_async_with_config(address.as_str(), Some(config), true).await;
        let (socket, _) = connected.map_err(told)?;
        let pieces = socket.filter_map(async |message| match message {
            Ok(Message::Text(text)) => Some(Ok(piece(&text).unwrap_or(GARBLED))),
            Ok(Message::Close(_)) => Some(Err(SourceError::Closed)),
            // That it is there; what is answered to a ping, the library answers.
            Ok(_) => Some(Ok(Piece::default())),
            Err(error) => Some(Err(told(error))),
        });
        Ok(pieces.boxed())
    }
}

fn told(error: Error) -> SourceError {
    match error {
        Error::Http(answer) => {
            SourceError::Refused { status: answer.status().as_u16(), detail: String::new() }
        }
        Error::ConnectionClosed | Error::AlreadyClosed | Error::Protocol(_) => SourceError::Closed,
        Error::Capacity(_) => SourceError::TooLong,
        error => SourceError::Unreachable(error.to_string()),
    }
}

/// One message. What else there may be in it is left alone.
#[derive(Deserialize)]
struct Event<'a> {
    #[serde(borrow)]
    did: Cow<'a, str>,
    time_us: i64,
    #[serde(borrow)]
    commit: Option<Commit<'a>>,
}

#[derive(Deserialize)]
struct Commit<'a> {
    #[serde(borrow)]
    operation: Cow<'a, str>,
    #[serde(borrow)]
    collection: Cow<'a, str>,
    #[serde(borrow)]
    rkey: Cow<'a, str>,
    record: Option<Record>,
}

#[derive(Deserialize)]
struct Record {
    #[serde(default)]
    text: String,
}

/// The new post in a message, if there is one, by the time at which the network saw it: what its author says of
/// when it was written can be anything.
fn piece(message: &str) -> Option<Piece> {
    let event: Event<'_> = serde_json::from_str(message).ok()?;
    let at = Timestamp::from_microsecond(event.time_us).ok()?;
    let cursor = Some(event.time_us.to_string());
    let is_new = |commit: &Commit<'_>| commit.operation == "create" && commit.collection == POSTS;
    let post =
        event.commit.filter(is_new).and_then(|commit| Some((commit.rkey, commit.record?.text)));
    let post = post.filter(|(_, text)| !text.trim().is_empty());
    let tweet = post.map(|(rkey, text)| Incoming {
        source: NAME.to_owned(),
        source_id: Some(format!("at://{}/{POSTS}/{}", event.did, rkey)),
        at,
        watch: None,
        author: Some(event.did.into_owned()),
        text,
        label: None,
        confidence: 1.0,
        reason: Given::Untold,
    });
    Some(Piece { tweet, cursor, is_garbled: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    const POST: &str = r#"{"did":"did:plc:abc","time_us":1725911162329308,"kind":"commit","commit":{"rev":"3l3","operation":"create",
        "collection":"app.bsky.feed.post","rkey":"3l3q","record":{"$type":"app.bsky.feed.post","createdAt":"1971-01-01T00:00:00Z",
        "langs":["en"],"text":"late “again” \u2708"},"cid":"bafy"}}"#;

    #[test]
    fn a_new_post_is_a_tweet_of_the_time_at_which_it_was_seen() {
        let Piece { tweet, cursor, .. } = piece(POST).unwrap();
        let tweet = tweet.unwrap();
        assert_eq!(tweet.text, "late “again” ✈");
        assert_eq!(tweet.source_id.unwrap(), "at://did:plc:abc/app.bsky.feed.post/3l3q");
        assert_eq!(tweet.at, "2024-09-09T19:46:02.329308Z".parse().unwrap());
        assert_eq!(cursor.unwrap(), "1725911162329308");
    }

    #[test]
    fn what_is_no_new_post_moves_the_cursor_alone() {
        let deleted = POST.replace("\"create\"", "\"delete\"");
        let empty = POST.replace("late “again” \\u2708", " ");
        let account = r#"{"did":"did:plc:abc","time_us":1725911162329308,"kind":"account","account":{"active":true}}"#;
        for message in [deleted.as_str(), &empty, account] {
            let Piece { tweet, cursor, .. } = piece(message).unwrap();
            assert_eq!((tweet, cursor.as_deref()), (None, Some("1725911162329308")));
        }
        assert_eq!(piece("hello"), None);
    }

    #[test]
    fn reading_goes_on_a_little_before_the_cursor() {
        let bluesky = Bluesky::new(Url::parse("wss://jetstream.example/subscribe").unwrap());
        assert_eq!(
            bluesky.address(Some("1725911162329308")).as_str(),
            "wss://jetstream.example/subscribe?wantedCollections=app.bsky.feed.post&cursor=1725911157329308"
        );
        assert!(!bluesky.address(None).as_str().contains("cursor"));
    }
}
