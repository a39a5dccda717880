//! The log: one line for each request, without texts, queries or anything about persons.

use std::{
    io::{self, IsTerminal},
    panic,
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use axum::{
    extract::{MatchedPath, Request},
    http::StatusCode,
    middleware::Next,
    response::Response,
};
use clap::ValueEnum;
use serde::Deserialize;
use tracing_subscriber::{EnvFilter, filter::ParseError};

use crate::request_id::RequestId;

/// How the lines of the log look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    Plain,
    /// For machines: one JSON object a line.
    Json,
}

impl std::fmt::Display for LogFormat {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Plain => "plain",
            Self::Json => "json",
        })
    }
}

/// Starts the log on standard error. A second start changes nothing.
///
/// # Errors
/// If `filter` is none, such as `info,vigie=debug`.
pub fn start(filter: &str, format: LogFormat) -> Result<(), ParseError> {
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter.parse::<EnvFilter>()?)
        .with_writer(io::stderr)
        .with_ansi(io::stderr().is_terminal());
    let started = match format {
        LogFormat::Plain => log.try_init(),
        LogFormat::Json => log.json().try_init(),
    };
    // Tests start it once for each server in their process.
    drop(started);
    Ok(())
}

/// Says where the program panicked, and nothing more: the message of a panic may quote a text.
pub fn log_panics_without_their_message() {
    panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        if tracing::dispatcher::has_been_set() {
            tracing::error!(place, "a panic: please report it");
        } else {
            eprintln!("vigie: a panic at {place}: please report it");
        }
    }));
}

/// Middleware: logs the route (never the address itself, which may hold anything), status and time.
pub async fn log_access(request: Request, next: Next) -> Response {
    let start = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let id = request.extensions().get::<RequestId>().cloned();
    let response = next.run(request).await;
    let route = route.as_ref().map_or("(no route)", MatchedPath::as_str);
    let request_id = id.as_ref().map_or("", RequestId::as_str);
    let status = response.status().as_u16();
    let duration_us = u64::try_from(start.elapsed().as_micros()).unwrap_or(u64::MAX);
    if status == StatusCode::TOO_MANY_REQUESTS.as_u16() {
        // A line for each would cost what the refusal is to save.
        tracing::debug!(%method, route, status, duration_us, request_id, "answered");
        note_refusal();
    } else if status >= 500 {
        tracing::warn!(%method, route, status, duration_us, request_id, "answered");
    } else {
        tracing::info!(%method, route, status, duration_us, request_id, "answered");
    }
    response
}

/// Counts a refusal; of many the log tells once a second.
pub fn note_refusal() {
    if let Some(refused) = REFUSALS.one_more() {
        tracing::warn!(refused, "at capacity: requests were answered 429");
    }
}

static REFUSALS: Refusals = Refusals::new();

/// Refusals that the log has not told of.
struct Refusals {
    untold: AtomicU64,
    latest_line: Mutex<Option<Instant>>,
}

impl Refusals {
    const SILENCE: Duration = Duration::from_secs(1);

    const fn new() -> Self {
        Self { untold: AtomicU64::new(0), latest_line: Mutex::new(None) }
    }

    /// Counts one, and once in a while says of how many to tell.
    fn one_more(&self) -> Option<u64> {
        self.untold.fetch_add(1, Ordering::Relaxed);
        // Whoever holds it is about to tell of ours too.
        let mut latest = self.latest_line.try_lock().ok()?;
        if latest.is_some_and(|latest| latest.elapsed() < Self::SILENCE) {
            return None;
        }
        *latest = Some(Instant::now());
        Some(self.untold.swap(0, Ordering::Relaxed))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[derive(Clone, Default)]
    struct Log(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Log {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn refusals_are_told_together_and_none_is_forgotten() {
        let refusals = Refusals::new();
        assert_eq!(refusals.one_more(), Some(1));
        for _ in 0..41 {
            assert_eq!(refusals.one_more(), None);
        }
        let earlier = Instant::now().checked_sub(Refusals::SILENCE);
        *refusals.latest_line.lock().unwrap() = earlier;
        assert_eq!(refusals.one_more(), Some(42));
    }

    #[test]
    fn a_panic_is_logged_with_its_place_and_without_its_message() {
        let log = Log::default();
        let writer = log.clone();
        let lines = tracing_subscriber::fmt().with_writer(move || writer.clone()).finish();
        let usual = panic::take_hook();
        log_panics_without_their_message();
        let caught = tracing::subscriber::with_default(lines, || {
            panic::catch_unwind(|| panic!("cannot read “a private text”"))
        });
        panic::set_hook(usual);
        assert!(caught.is_err());
        let logged = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
        assert!(logged.contains("server/src/telemetry.rs:"), "{logged}");
        assert!(!logged.contains("private"), "{logged}");
    }
}
