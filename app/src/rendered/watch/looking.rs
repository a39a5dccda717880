//! The page Watch on the server: what it is made of, and where its plain forms lead.

use axum::http::{header, request::Parts};
use domain::{
    Incident, IncidentAction, IncidentFile, IncidentId, Note, Query, Reviewer, Span, WatchId,
    WatchName,
};
use engine::{Engine, EngineError, WatchError};
use jiff::{SignedDuration, Timestamp};
use leptos::prelude::*;

use super::lookout::{Lookout, Range, Step, View};
use crate::{
    ApiError,
    arrival::visitor,
    serving,
    serving::{engine, told},
};

/// Incidents and tweets that are shown.
const INCIDENTS: u32 = 20;
const TWEETS: u32 = 20;
/// How long the button lets an incident rest.
const REST: SignedDuration = SignedDuration::from_hours(1);

/// All watches, and how `watch` went in the newest `range`, the first one if none is named, and what came in a `stretch` of it; and what it
/// would have done with another `threshold`.
pub async fn lookout(
    watch: Option<WatchId>,
    range: Range,
    stretch: Option<Span>,
    threshold: Option<f64>,
) -> Result<Lookout, ApiError> {
    let engine = engine()?;
    let watches = engine.watches().await.map_err(told)?;
    let chosen = match watch {
        Some(id) => {
            let named = watches.iter().find(|watch| watch.id == id);
            Some(named.ok_or(ApiError::UnknownWatch)?.clone())
        }
        None => watches.first().cloned(),
    };
    let mut view = match chosen {
        Some(watch) => Some(view(&engine, watch, range, stretch).await.map_err(told)?),
        None => None,
    };
    let threshold = threshold.filter(|threshold| (0.5..=1_000.0).contains(threshold));
    if let (Some(view), Some(threshold)) = (&mut view, threshold) {
        view.what_if = Some(engine.what_if(view.watch.id, threshold).await.map_err(told));
    }
    let (watches, sources) = (watches.to_vec(), engine.sources());
    Ok(Lookout { watches, view, sources, now: Timestamp::now() })
}

async fn view(
    engine: &Engine,
    watch: domain::Watch,
    range: Range,
    stretch: Option<Span>,
) -> Result<View, EngineError> {
    let newest_at = engine.newest_tweet_at(watch.id).await?;
    let span = until(newest_at.unwrap_or_else(Timestamp::now), range);
    let looked_at = stretch.unwrap_or(span);
    let mut incidents = engine.incidents(Some(watch.id), INCIDENTS).await?;
    if let Some(stretch) = stretch {
        incidents.retain(|file| goes_on_in(&file.incident, stretch));
    }
    Ok(View {
        points: engine.course(watch.id, span, range.seconds()).await?,
        reasons: engine.complaints(watch.id, looked_at).await?,
        incidents,
        tweets: engine.stream_tweets(watch.id, looked_at, true, TWEETS).await?,
        rules: engine.watch_rules(watch.id).await?,
        precision: engine.precision(watch.id).await?,
        what_if: None,
        watch,
        span,
        stretch,
        newest_at,
    })
}

/// Whether an incident goes on at some time of `span`.
fn goes_on_in(incident: &Incident, span: Span) -> bool {
    let ended = incident.ended_at.unwrap_or(Timestamp::MAX);
    incident.started_at < span.to && ended >= span.from
}

/// The span of this range that ends with what came last.
fn until(newest: Timestamp, range: Range) -> Span {
    let days = match range {
        Range::Day => 1,
        Range::Week => 7,
        Range::Month => 28,
    };
    let to = newest.checked_add(SignedDuration::from_secs(1)).unwrap_or(newest);
    Span { from: to.checked_sub(SignedDuration::from_hours(24 * days)).unwrap_or(to), to }
}

/// See [`super::api::make_watch`].
pub async fn make(name: &str, query: &str) -> Result<WatchId, ApiError> {
    let name = WatchName::parse(name).map_err(|_| ApiError::WatchName)?;
    let query = Query::parse(query)?;
    Ok(engine()?.make_watch(name, query).await.map_err(told)??.id)
}

/// See [`super::api::show_demo`].
pub async fn demo() -> Result<WatchId, ApiError> {
    Ok(engine()?.show_demo().await.map_err(told)??.id)
}

/// See [`super::api::remove_watch`].
pub async fn remove(watch: WatchId) -> Result<(), ApiError> {
    let removed = engine()?.remove_watch(watch).await.map_err(told)?;
    if removed { Ok(()) } else { Err(ApiError::UnknownWatch) }
}

/// See [`super::api::act_on_incident`].
pub async fn act(incident: IncidentId, step: Step, words: &str) -> Result<IncidentFile, ApiError> {
    let action = action(step, words, Timestamp::now())?;
    let done = engine()?.act_on_incident(incident, action, visitor().reviewer(None)).await;
    done.map_err(told)?.ok_or(ApiError::UnknownIncident)
}

/// The step at `now`, with the `words` that its form has.
fn action(step: Step, words: &str, now: Timestamp) -> Result<IncidentAction, ApiError> {
    Ok(match step {
        Step::Acknowledge => IncidentAction::Acknowledge,
        Step::Assign => {
            IncidentAction::Assign { to: Reviewer::parse(words).map_err(|_| ApiError::Note)? }
        }
        Step::Snooze => {
            IncidentAction::Snooze { until: now.checked_add(REST).unwrap_or(Timestamp::MAX) }
        }
        Step::Resolve => IncidentAction::Resolve,
        Step::Dismiss => IncidentAction::Dismiss,
        Step::Reopen => IncidentAction::Reopen,
        Step::Note => {
            IncidentAction::Note { text: Note::parse(words).map_err(|_| ApiError::Note)? }
        }
    })
}

impl From<WatchError> for ApiError {
    fn from(error: WatchError) -> Self {
        match error {
            WatchError::NameTaken(_) => Self::WatchNameTaken,
            WatchError::TooMany => Self::TooManyWatches,
        }
    }
}

/// Answers a form; a plain one leads to the page of the watch that it is about.
pub fn reply<T>(
    answer: Result<T, ApiError>,
    watch: impl FnOnce(&T) -> Option<WatchId>,
) -> Result<T, ApiError> {
    let place = match answer.as_ref().map(watch) {
        Ok(Some(id)) => format!("/watch?watch={id}"),
        Ok(None) => "/watch".to_owned(),
        Err(_) => use_context::<Parts>().map_or_else(String::new, |form| referring_watch(&form)),
    };
    serving::lead(answer, &place)
}

/// The page that the form was on, if it is one of ours.
fn referring_watch(request: &Parts) -> String {
    let referrer = request.headers.get(header::REFERER).and_then(|value| value.to_str().ok());
    let query = referrer.and_then(|referrer| referrer.split_once("/watch?"));
    query.map_or_else(|| "/watch".to_owned(), |(_, query)| format!("/watch?{query}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_that_needs_words_is_none_without_them() {
        let now = Timestamp::UNIX_EPOCH;
        for step in [Step::Note, Step::Assign] {
            assert_eq!(action(step, "  ", now), Err(ApiError::Note));
            assert!(action(step, "Zoé", now).is_ok());
        }
        let until = Timestamp::from_second(3600).unwrap();
        assert_eq!(action(Step::Snooze, "", now), Ok(IncidentAction::Snooze { until }));
    }

    #[test]
    fn a_day_ends_with_the_newest_tweet() {
        let newest: Timestamp = "2015-02-22T11:00:00Z".parse().unwrap();
        let Span { from, to } = until(newest, Range::Day);
        assert!(to > newest && to.duration_since(from).as_hours() == 24);
    }
}
