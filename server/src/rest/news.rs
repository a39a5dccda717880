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
use futures::{StreamExt, stream};
use serde::Deserialize;
use tokio::{
    sync::watch,
    time::{Instant, sleep_until},
};
use utoipa::IntoParams;

use super::incidents::IncidentBody;
use crate::{problem::Problem, state::AppState};

/// A line that says nothing is sent so often, by which a connection that is gone is noticed.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// That tweets came is told so often at most.
const QUIET: Duration = Duration::from_secs(1);

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
/// with the incident as data, and events named `tweets` when new tweets were counted. An incident has the place of its change as id: with it as `Last-Event-ID`, nothing that happened meanwhile is missed;
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
    let reads = state.engine.tweets_read();
    let follower = Follower {
        engine: state.engine,
        changes,
        place,
        told: Vec::new(),
        reads,
        quiet_until: Instant::now(),
    };
    let news = stream::unfold(follower, |mut follower| async move {
        let event = follower.next().await?;
        Some((Ok::<_, Infallible>(event), follower))
    });
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
    reads: watch::Receiver<u64>,
    /// Before then it is not told again that tweets came.
    quiet_until: Instant,
}

impl Follower {
    /// Waits for what is next; `None` at the end.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some((place, file)) = self.told.pop() {
                self.place = place;
                let event = Event::default().id(place.to_string()).event("incident");
                return event.json_data(IncidentBody::from(file)).ok();
            }
            let (place, quiet_until) = (self.place, self.quiet_until);
            let tweets = async {
                sleep_until(quiet_until).await;
                self.reads.changed().await
            };
            let incidents = async {
                let newest = self.changes.wait_for(|newest| *newest > place).await;
                newest.map(|newest| *newest)
            };
            // The senders are gone when the service stops.
            tokio::select! {
                newest = incidents => {
                    let newest = newest.ok()?;
                    // A database that does not answer ends the stream; the reader comes again with its last id.
                    self.told = self.engine.news_after(place).await.ok()?;
                    self.told.reverse();
                    if self.told.is_empty() {
                        self.place = newest;
                    }
                }
                read = tweets => {
                    read.ok()?;
                    self.quiet_until = Instant::now() + QUIET;
                    let place = *self.reads.borrow();
                    return Some(Event::default().event("tweets").data(place.to_string()));
                }
            }
        }
    }
}
