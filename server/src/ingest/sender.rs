//! Batches on their way to a running Vigie.

use std::{io, time::Duration};

use reqwest::{Client, StatusCode, Url, header::CONTENT_TYPE};
use serde::Deserialize;
use tokio::time::{Instant, sleep};

use crate::config::hide_secrets;

/// Between two attempts: the first pause, doubled up to the last.
const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LAST_PAUSE: Duration = Duration::from_secs(5);
/// How long one answer may take.
const ANSWER: Duration = Duration::from_secs(30);

/// Why not all was sent. What was acknowledged before is stored.
#[derive(Debug, thiserror::Error)]
pub enum IngestError {
    /// The input broke off.
    #[error("the input cannot be read to its end")]
    Read(#[source] io::Error),
    /// The address is none of a service.
    #[error("{0} is no address of a Vigie: give one such as http://127.0.0.1:3000 with --to")]
    Address(String),
    /// It did not answer, or was busy, for too long.
    #[error(
        "{url} does not take the tweets: {why}. Run the same command again to go on: what was stored is known"
    )]
    GaveUp {
        /// Who, without secrets.
        url: String,
        /// What was the last that came back.
        why: String,
    },
    /// It will not take them, however often they are sent.
    #[error("{url} refuses the tweets with {status}: is it a Vigie of this version?")]
    Refused {
        /// Who, without secrets.
        url: String,
        /// How.
        status: StatusCode,
    },
}

/// What Vigie answers.
#[derive(Debug, Deserialize)]
pub struct Taken {
    pub stored: u64,
    pub known: u64,
    pub unwatched: u64,
    pub refused: u64,
    pub reasons: Vec<Refused>,
}

/// A line of a batch that was not taken.
#[derive(Debug, Deserialize)]
pub struct Refused {
    /// From 1.
    pub line: usize,
    pub reason: String,
}

/// Sends batches until they are acknowledged.
pub struct Sender {
    client: Client,
    url: Url,
    patience: Duration,
}

impl Sender {
    /// To the Vigie at `to`, with so much patience for each batch.
    ///
    /// # Errors
    /// If that is no address.
    pub fn new(to: &Url, patience: Duration) -> Result<Self, IngestError> {
        engine::use_ring_for_tls();
        let is_none = || IngestError::Address(hide_secrets(to.as_str()));
        let url = to.join("/api/v1/tweets").map_err(|_| is_none())?;
        let url = Some(url).filter(|url| ["http", "https"].contains(&url.scheme()));
        let client = Client::builder().timeout(ANSWER).build().map_err(|_| is_none())?;
        Ok(Self { client, url: url.ok_or_else(is_none)?, patience })
    }

    /// Sends lines and gives what became of them.
    ///
    /// # Errors
    /// See [`IngestError`].
    pub async fn send(&self, lines: Vec<u8>) -> Result<Taken, IngestError> {
        let until = Instant::now() + self.patience;
        let mut pause = FIRST_PAUSE;
        loop {
            let request =
                self.client.post(self.url.clone()).header(CONTENT_TYPE, "application/x-ndjson");
            let why = match request.body(lines.clone()).send().await {
                Ok(answer) if answer.status() == StatusCode::OK => match answer.json().await {
                    Ok(taken) => return Ok(taken),
                    Err(_) => "its answer broke off".to_owned(),
                },
                Ok(answer) if is_passing(answer.status()) => {
                    format!("it answers {}", answer.status())
                }
                Ok(answer) => {
                    return Err(IngestError::Refused { url: self.name(), status: answer.status() });
                }
                Err(error) => cause(&error),
            };
            if Instant::now() + pause > until {
                return Err(IngestError::GaveUp { url: self.name(), why });
            }
            sleep(pause).await;
            pause = (pause * 2).min(LAST_PAUSE);
        }
    }

    fn name(&self) -> String {
        hide_secrets(self.url.as_str())
    }
}

/// Whether another attempt may do better.
fn is_passing(status: StatusCode) -> bool {
    status.is_server_error()
        || [StatusCode::TOO_MANY_REQUESTS, StatusCode::REQUEST_TIMEOUT].contains(&status)
}

/// The innermost cause, which says what is the matter and not where.
fn cause(error: &reqwest::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    cause.to_string()
}
