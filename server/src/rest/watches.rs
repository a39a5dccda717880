//! `/api/v1/watches`: what is watched, and what came for it.

#![expect(unused_qualifications, reason = "utoipa writes the whole path of what `params` names")]

use std::fmt::Write;

use axum::{
    Json as Body,
    extract::{Query, State, rejection::QueryRejection},
    http::{StatusCode, header},
    response::IntoResponse,
};
use domain::{ComplaintCount, CoursePoint, Label, StreamTweet, Watch, WatchId, WatchName};
use engine::WatchError;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    body::Json,
    identifier::{Nameable, Named},
    span::SpanQuery,
};
use crate::{problem::Problem, state::AppState};

/// A watch as clients see it.
#[derive(Serialize, ToSchema)]
#[schema(as = Watch)]
pub struct WatchBody {
    id: WatchId,
    /// No two watches have the same.
    name: String,
    /// Which tweets belong to it.
    query: String,
    /// Whether its tweets are made up.
    is_simulated: bool,
    /// RFC 3339, in UTC.
    #[schema(format = DateTime)]
    created_at: String,
}

impl From<Watch> for WatchBody {
    fn from(watch: Watch) -> Self {
        Self {
            id: watch.id,
            name: watch.name.into(),
            query: watch.query.into(),
            is_simulated: watch.is_simulated,
            created_at: watch.created_at.to_string(),
        }
    }
}

/// What to watch.
#[derive(Deserialize, ToSchema)]
pub struct NewWatch {
    /// 1 to 60 characters.
    #[schema(min_length = 1, max_length = 60, example = "United")]
    name: String,
    /// Words beside each other must all occur, `OR` stands between alternatives, a minus excludes, quotes hold a phrase together.
    #[schema(min_length = 1, max_length = 500, example = "@united OR \"united airlines\"")]
    query: String,
}

impl NewWatch {
    fn parse(&self) -> Result<(WatchName, domain::Query), Problem> {
        let name = WatchName::parse(&self.name).map_err(|error| Problem::value(&error))?;
        let query = domain::Query::parse(&self.query).map_err(|error| Problem::value(&error))?;
        Ok((name, query))
    }
}

/// List all watches, by name
#[utoipa::path(get, path = "/api/v1/watches", tag = "watches", responses(
    (status = 200, body = Vec<WatchBody>),
    (status = 503, response = Problem),
))]
pub async fn list(State(state): State<AppState>) -> Result<Body<Vec<WatchBody>>, Problem> {
    let watches = state.engine.watches().await?;
    Ok(Body(watches.iter().cloned().map(Into::into).collect()))
}

/// Watch something
#[utoipa::path(post, path = "/api/v1/watches", tag = "watches", request_body = NewWatch, responses(
    (status = 201, body = WatchBody, headers(("location" = String, description = "Where the watch can be read"))),
    (status = 400, response = Problem),
    (status = 409, response = Problem),
    (status = 415, response = Problem),
    (status = 422, response = Problem),
    (status = 503, response = Problem),
))]
pub async fn create(
    State(state): State<AppState>,
    Json(body): Json<NewWatch>,
) -> Result<impl IntoResponse, Problem> {
    let (name, query) = body.parse()?;
    let made = state.engine.make_watch(name, query).await?;
    let watch = made.map_err(|error| Problem::conflict(&error))?;
    let location = format!("/api/v1/watches/{}", watch.id);
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], Body(WatchBody::from(watch))))
}

/// Read one watch
#[utoipa::path(get, path = "/api/v1/watches/{id}", tag = "watches",
    params(("id" = WatchId, Path, description = "The id of a watch")), responses(
    (status = 200, body = WatchBody),
    (status = 404, response = Problem),
    (status = 503, response = Problem),
))]
pub async fn show(
    State(state): State<AppState>,
    Named(id): Named<WatchId>,
) -> Result<Body<WatchBody>, Problem> {
    Ok(Body(found(&state, id).await?.into()))
}

/// Give a watch another name and query
#[utoipa::path(put, path = "/api/v1/watches/{id}", tag = "watches", request_body = NewWatch,
    params(("id" = WatchId, Path, description = "The id of a watch")), responses(
    (status = 200, body = WatchBody),
    (status = 400, response = Problem),
    (status = 404, response = Problem),
    (status = 409, response = Problem),
    (status = 415, response = Problem),
    (status = 422, response = Problem),
    (status = 503, response = Problem),
))]
pub async fn change(
    State(state): State<AppState>,
    Named(id): Named<WatchId>,
    Json(body): Json<NewWatch>,
) -> Result<Body<WatchBody>, Problem> {
    let (name, query) = body.parse()?;
    let changed = state.engine.change_watch(id, name, query).await?;
    let changed: Result<Watch, WatchError> =
        changed.ok_or_else(|| WatchId::unknown(&id.to_string()))?;
    Ok(Body(changed.map_err(|error| Problem::conflict(&error))?.into()))
}

/// Remove a watch with its tweets and incidents
#[utoipa::path(delete, path = "/api/v1/watches/{id}", tag = "watches",
    params(("id" = WatchId, Path, description = "The id of a watch")), responses(
    (status = 204, description = "It is gone"),
    (status = 404, response = Problem),
    (status = 503, response = Problem),
))]
pub async fn remove(
    State(state): State<AppState>,
    Named(id): Named<WatchId>,
) -> Result<StatusCode, Problem> {
    match state.engine.remove_watch(id).await? {
        true => Ok(StatusCode::NO_CONTENT),
        false => Err(WatchId::unknown(&id.to_string())),
    }
}

/// How a watch went.
#[derive(Serialize, ToSchema)]
pub struct Course {
    /// Seconds of each point.
    seconds: u32,
    /// The oldest first.
    points: Vec<CoursePoint>,
    /// What the negative tweets of the whole time complain of, most first.
    reasons: Vec<ComplaintCount>,
}

/// How fine to count.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CourseQuery {
    /// Seconds of each point.
    #[param(minimum = 60, maximum = 604_800, default = 3600)]
    seconds: Option<u32>,
}

/// Count the tweets of a watch by time, beside what is usual
#[utoipa::path(get, path = "/api/v1/watches/{id}/course", tag = "watches",
    params(("id" = WatchId, Path, description = "The id of a watch"), CourseQuery, SpanQuery), responses(
    (status = 200, body = Course),
    (status = 400, response = Problem),
    (status = 404, response = Problem),
    (status = 503, response = Problem),
))]
pub async fn course(
    State(state): State<AppState>,
    Named(id): Named<WatchId>,
    query: Result<Query<CourseQuery>, QueryRejection>,
    span: Result<Query<SpanQuery>, QueryRejection>,
) -> Result<Body<Course>, Problem> {
    let Query(query) = query.map_err(|rejection| Problem::query(&rejection))?;
    let Query(span) = span.map_err(|rejection| Problem::query(&rejection))?;
    let seconds = query.seconds.unwrap_or(3600);
    if !(60..=604_800).contains(&seconds) {
        return Err(Problem::unreadable("“seconds” is from 60 to 604800, a minute to a week."));
    }
    found(&state, id).await?;
    let span = span.resolve(state.engine.newest_tweet_at(id).await?)?;
    let points = state.engine.course(id, span, seconds).await?;
    let reasons = state.engine.complaints(id, span).await?;
    Ok(Body(Course { seconds, points, reasons }))
}

/// The same as CSV
#[utoipa::path(get, path = "/api/v1/watches/{id}/course.csv", tag = "watches",
    params(("id" = WatchId, Path, description = "The id of a watch"), CourseQuery, SpanQuery), responses(
    (status = 200, content_type = "text/csv", body = String),
    (status = 400, response = Problem),
    (status = 404, response = Problem),
    (status = 503, response = Problem),
))]
pub async fn course_csv(
    state: State<AppState>,
    id: Named<WatchId>,
    query: Result<Query<CourseQuery>, QueryRejection>,
    span: Result<Query<SpanQuery>, QueryRejection>,
) -> Result<impl IntoResponse, Problem> {
    let Body(Course { points, .. }) = course(state, id, query, span).await?;
    let mut csv = String::from("at,tweets,negatives,usual_tweets,usual_share\n");
    for CoursePoint { count, usual_tweets, usual_share } in points {
        let usual = [usual_tweets, usual_share]
            .map(|usual| usual.map(|usual| format!("{usual:.4}")).unwrap_or_default());
        // Writing to a string cannot fail.
        _ = writeln!(csv, "{},{},{},{}", count.at, count.tweets, count.negatives, usual.join(","));
    }
    let attachment = (header::CONTENT_DISPOSITION, "attachment; filename=\"course.csv\"");
    Ok(([(header::CONTENT_TYPE, "text/csv; charset=utf-8"), attachment], csv))
}

/// A tweet of a watch as clients see it.
#[derive(Serialize, ToSchema)]
#[schema(as = StreamTweet)]
pub struct TweetBody {
    /// Where it comes from.
    source: String,
    /// Its name there.
    id: String,
    /// RFC 3339, in UTC.
    #[schema(format = DateTime)]
    at: String,
    /// Null where it is not told, or was forgotten.
    #[schema(required)]
    author: Option<String>,
    /// Null once its retention time is over.
    #[schema(required)]
    text: Option<String>,
    label: Label,
    /// What a negative one complains of.
    #[schema(required)]
    reason: Option<String>,
}

impl From<StreamTweet> for TweetBody {
    fn from(tweet: StreamTweet) -> Self {
        Self {
            source: tweet.source,
            id: tweet.source_id,
            at: tweet.at.to_string(),
            author: tweet.author,
            text: tweet.text,
            label: tweet.label,
            reason: tweet.reason,
        }
    }
}

/// Which tweets to list.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TweetsQuery {
    /// How many at most.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<u32>,
    /// `negative` for these alone.
    label: Option<String>,
}

/// List the tweets of a watch, newest first
#[utoipa::path(get, path = "/api/v1/watches/{id}/tweets", tag = "watches",
    params(("id" = WatchId, Path, description = "The id of a watch"), TweetsQuery, SpanQuery), responses(
    (status = 200, body = Vec<TweetBody>),
    (status = 400, response = Problem),
    (status = 404, response = Problem),
    (status = 503, response = Problem),
))]
pub async fn tweets(
    State(state): State<AppState>,
    Named(id): Named<WatchId>,
    query: Result<Query<TweetsQuery>, QueryRejection>,
    span: Result<Query<SpanQuery>, QueryRejection>,
) -> Result<Body<Vec<TweetBody>>, Problem> {
    let Query(query) = query.map_err(|rejection| Problem::query(&rejection))?;
    let Query(span) = span.map_err(|rejection| Problem::query(&rejection))?;
    let is_negative = match query.label.as_deref() {
        None | Some("") => false,
        Some("negative") => true,
        Some(_) => return Err(Problem::unreadable("“label” can be “negative”, or left out.")),
    };
    let limit = query.limit.unwrap_or(50);
    if !(1..=200).contains(&limit) {
        return Err(Problem::unreadable("Ask for 1 to 200 tweets with “limit”."));
    }
    found(&state, id).await?;
    let span = span.resolve(state.engine.newest_tweet_at(id).await?)?;
    let tweets = state.engine.stream_tweets(id, span, is_negative, limit).await?;
    Ok(Body(tweets.into_iter().map(Into::into).collect()))
}

async fn found(state: &AppState, id: WatchId) -> Result<Watch, Problem> {
    state.engine.watch(id).await?.ok_or_else(|| WatchId::unknown(&id.to_string()))
}
