//! Why there is an alert, and what was done about it.

use domain::{DrivingTweet, Incident, IncidentAction, IncidentEntry};
use leptos::prelude::*;

use super::{lookout::Step, say};
use crate::{erase::Erase, moment::Moment};

/// What the radar saw.
#[component]
pub fn Evidence(
    /// The incident.
    incident: Incident,
) -> AnyView {
    let say = say();
    let Incident { evidence, confidence, terms, tweets, .. } = incident;
    let terms = (!terms.is_empty()).then(|| {
        view! {
            <p>
                {say.terms} ": "
                <span dir="auto">{terms.join(", ")}</span>
            </p>
        }
    });
    let tweet = |tweet: DrivingTweet| {
        view! {
            <li>
                <q dir="auto">{tweet.text}</q>
                " "
                <Moment at=tweet.at />
            </li>
        }
    };
    let tweets = (!tweets.is_empty()).then(|| {
        view! {
            <p>{say.driving}</p>
            <ul class="driving">{tweets.into_iter().map(tweet).collect_view()}</ul>
        }
    });
    view! {
        <details class="evidence">
            <summary>{say.why}</summary>
            <p>{(say.evidence)(evidence, confidence)}</p>
            {terms}
            {tweets}
        </details>
    }
    .erase()
}

/// What was done, the oldest first.
#[component]
pub fn Entries(
    /// The entries.
    entries: Vec<IncidentEntry>,
) -> AnyView {
    if entries.is_empty() {
        return ().erase();
    }
    let say = say();
    let line = |entry: IncidentEntry| {
        let (step, words) = match entry.action {
            IncidentAction::Acknowledge => (Step::Acknowledge, None),
            IncidentAction::Assign { to } => (Step::Assign, Some(to.to_string())),
            IncidentAction::Snooze { .. } => (Step::Snooze, None),
            IncidentAction::Resolve => (Step::Resolve, None),
            IncidentAction::Dismiss => (Step::Dismiss, None),
            IncidentAction::Reopen => (Step::Reopen, None),
            IncidentAction::Note { text } => (Step::Note, Some(text.as_str().to_owned())),
        };
        view! {
            <li>
                <Moment at=entry.at />
                " "
                {format!("{} {}", entry.by, (say.did)(step))}
                " "
                <span dir="auto">{words}</span>
            </li>
        }
    };
    view! {
        <ol class="entries" aria-label=say.history>
            {entries.into_iter().map(line).collect_view()}
        </ol>
    }
    .erase()
}
