//! `/api/v1/incidents/news`: incidents as they change, as server-sent events.

#![expect(unused_qualifications, reason = "utoipa writes the whole path of what `params` names")]

use std::{convert::Infallible, time::Duration};

use axum::{
    extract::{Query, State, rejection::QueryRejection},
    http::HeaderMap,
    response::{
        IntoResponse, Sse,
        sse::{Event, KeepAlive},
    },
};
use engine::{Engine, News};
use futures::{Stream, StreamExt, stream};
use serde::Deserialize;
use tokio::sync::watch;
use utoipa::IntoParams;

use super::incidents::IncidentBody;
use crate::{problem::Problem, state::AppState};

/// A line that says nothing is sent so often, by which a connection that is gone is noticed.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// Where to begin.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct NewsQuery {
    /// The id of the last event that is known; what happens from now on if it is left out.
    after: Option<u64>,
}

/// Follow incidents
///
/// Server-sent events named `incident`, one for each incident that begins, goes on, ends or has something done about it,
/// with the incident as data. Each has the place of its change as id: with it as `Last-Event-ID`, nothing that happened meanwhile is missed;
/// without, what happens from now on is told.
#[utoipa::path(get, path = "/api/v1/incidents/news", tag = "incidents",
    params(NewsQuery, ("last-event-id" = Option<u64>, Header, description = "The id of the last event that was read; it goes before `after`")), responses(
    (status = 200, content_type = "text/event-stream", body = String),
    (status = 400, response = Problem),
    (status = 503, response = Problem),
))]
pub async fn follow(
    State(state): State<AppState>,
    query: Result<Query<NewsQuery>, QueryRejection>,
    headers: HeaderMap,
) -> Result<impl IntoResponse, Problem> {
    let Query(query) = query.map_err(|rejection| Problem::query(&rejection))?;
    let changes = state.engine.incident_changes();
    let place = match headers.get("last-event-id") {
        None => query.after.unwrap_or_else(|| *changes.borrow()),
        Some(id) => {
            let id = id.to_str().ok().and_then(|id| id.trim().parse().ok());
            id.ok_or_else(|| {
                Problem::unreadable("“Last-Event-ID” is not the id of an event: leave it out.")
            })?
        }
    };
    let news = news(Follower { engine: state.engine, changes, place, told: Vec::new() });
    let news = news.take_until(state.stop.cancelled_owned());
    Ok(Sse::new(news).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)))
}

struct Follower {
    engine: Engine,
    changes: watch::Receiver<u64>,
    /// Up to where everything was told.
    place: u64,
    /// What is to be told next, the last first.
    told: Vec<News>,
}

fn news(follower: Follower) -> impl Stream<Item = Result<Event, Infallible>> {
    stream::unfold(follower, |mut follower| async move {
        while follower.told.is_empty() {
            let place = follower.place;
            // The sender is gone when the service stops.
            follower.changes.wait_for(|newest| *newest > place).await.ok()?;
            // A database that does not answer ends the stream; the reader comes again with its last id.
            follower.told = follower.engine.news_after(place).await.ok()?;
            if follower.told.is_empty() {
                follower.place = *follower.changes.borrow();
            }
            follower.told.reverse();
        }
        let (place, file) = follower.told.pop()?;
        follower.place = place;
        let event = Event::default().id(place.to_string()).event("incident");
        let event = event.json_data(IncidentBody::from(file)).ok()?;
        Some((Ok(event), follower))
    })
}
