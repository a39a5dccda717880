//! `/api/v1/tweets`: tweets that come by themselves.

use axum::{Json, body::Bytes, extract::State, http::HeaderMap};
use engine::{Incoming, Intake};
use serde::Serialize;
use tables::lines::without_end;
use utoipa::ToSchema;

use super::body::media_type;
use crate::{problem::Problem, state::AppState, stream_line};

/// The longest body: some ten thousand tweets.
pub const BODY_BYTES: usize = 8 * 1024 * 1024;
/// What a body may be called.
const TAKEN: [&str; 3] = ["application/json", "application/x-ndjson", "application/jsonl"];
/// Lines that are told one by one.
const TOLD: usize = 20;

/// What became of the tweets.
#[derive(Serialize, ToSchema)]
#[schema(as = Intake)]
pub struct IntakeBody {
    /// New ones, counted once for each watch that has them.
    stored: u64,
    /// Ones that had come before, likewise.
    known: u64,
    /// Ones that no watch asks for.
    unwatched: u64,
    /// Lines that hold no tweet that can be taken.
    refused: usize,
    /// The first of these.
    reasons: Vec<RefusedLine>,
}

/// A line that holds no tweet.
#[derive(Serialize, ToSchema)]
pub struct RefusedLine {
    /// Its number, from 1.
    line: usize,
    /// Why, and what to do.
    reason: String,
}

/// Take in tweets
///
/// One JSON object, or one a line (`application/x-ndjson`): `at` (RFC 3339), `text`, `author`, `source` and `id` by which a
/// tweet that comes again is known, `watch` (the name of one; without it the watches' queries decide), `label` and `reason` where the source knows them.
/// What belongs to a watch is judged and stored when the answer comes; sending the same again changes nothing.
#[utoipa::path(post, path = "/api/v1/tweets", tag = "watches",
    request_body(content = String, content_type = "application/x-ndjson", description = "Tweets, one JSON object a line"), responses(
    (status = 200, body = IntakeBody),
    (status = 400, response = Problem),
    (status = 413, response = Problem),
    (status = 415, response = Problem),
    (status = 429, response = Problem),
    (status = 503, response = Problem),
))]
pub async fn take_in(
    State(state): State<AppState>,
    headers: HeaderMap,
    body: Result<Bytes, axum::extract::rejection::BytesRejection>,
) -> Result<Json<IntakeBody>, Problem> {
    if !TAKEN.contains(&media_type(&headers).as_str()) {
        return Err(Problem::content_type());
    }
    let body = body.map_err(|_rejection| Problem::broken_body())?;
    let (lines, tweets, mut reasons) = read(&body);
    let intake = state.engine.take_in(tweets).await?;
    let Intake { stored, known, unwatched, refused } = intake;
    reasons.extend(
        refused.into_iter().map(|(place, reason)| RefusedLine { line: lines[place], reason }),
    );
    reasons.sort_by_key(|refused| refused.line);
    let count = reasons.len();
    reasons.truncate(TOLD);
    Ok(Json(IntakeBody { stored, known, unwatched, refused: count, reasons }))
}

/// The tweets of a body with the numbers of their lines, and the lines that hold none.
fn read(body: &[u8]) -> (Vec<usize>, Vec<Incoming>, Vec<RefusedLine>) {
    let (mut lines, mut tweets, mut reasons) = (Vec::new(), Vec::new(), Vec::new());
    // One object may be written over several lines.
    if let Ok(tweet) = stream_line::parse(body) {
        return (vec![1], vec![tweet], reasons);
    }
    for (place, line) in body.split(|byte| *byte == b'\n').enumerate() {
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        match stream_line::parse(without_end(line)) {
            Ok(tweet) => {
                lines.push(place + 1);
                tweets.push(tweet);
            }
            Err(reason) => reasons.push(RefusedLine { line: place + 1, reason }),
        }
    }
    (lines, tweets, reasons)
}
