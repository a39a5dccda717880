//! One watch: how it went, its incidents, its complaints.

use domain::{ComplaintCount, StreamTweet, Watch};
use jiff::Timestamp;
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    api::RemoveWatch,
    course_chart::CourseChart,
    course_table::CourseTable,
    incident_card::IncidentCard,
    lookout::{Range, View},
    picker::address,
    precision_line::PrecisionLine,
    rules_form::RulesForm,
    say,
    stretch_form::StretchForm,
    what_if::WhatIfForm,
};
use crate::{
    components::LabelMark,
    erase::Erase,
    messages::{Words, use_words},
    moment::Moment,
};

/// The watch that is looked at.
#[component]
pub fn Board(
    /// How it went.
    shown: View,
    /// How much time is shown.
    range: Range,
    /// The service's clock.
    now: Timestamp,
) -> AnyView {
    let say = say();
    let View {
        watch,
        stretch,
        newest_at,
        points,
        reasons,
        incidents,
        tweets,
        rules,
        precision,
        what_if,
        ..
    } = shown;
    let open = incidents.iter().filter(|file| file.state(now).is_open()).count();
    let in_chart: Vec<_> = incidents.iter().map(|file| file.incident.clone()).collect();
    let none = incidents.is_empty().then(|| view! { <p class="quiet">{say.no_incidents}</p> });
    let cards = incidents.into_iter().map(|file| {
        let campaign = rules.campaign(file.incident.detected_at);
        let campaign = campaign.map(|campaign| campaign.name.clone());
        view! { <IncidentCard file campaign now /> }
    });
    let cards = cards.collect_view();
    view! {
        <Heading watch=watch.clone() newest_at />
        <section class="course" aria-labelledby="course-title">
            <h2 id="course-title" class="unseen">
                {say.tweets}
            </h2>
            <Ranges watch=watch.clone() range />
            <CourseChart points=points.clone() incidents=in_chart range stretch />
            <StretchForm watch=watch.id range stretch />
            <CourseTable watch=watch.id points range />
        </section>
        <section class="incidents" aria-labelledby="incidents-title">
            <h2 id="incidents-title">{say.incidents}</h2>
            <p class="quiet" role="status" data-open=open.to_string()>
                {(say.open_incidents)(open)}
            </p>
            <PrecisionLine precision />
            {none}
            <ol>{cards}</ol>
        </section>
        <Complaints reasons />
        <Negatives tweets />
        <WhatIfForm watch=watch.id range asked=what_if />
        <RulesForm watch=watch.id rules />
        <details class="remove-watch">
            <summary>{say.remove}</summary>
            <p>{say.remove_hint}</p>
            <form method="post" action=RemoveWatch::url()>
                <input type="hidden" name="watch" value=watch.id.to_string() />
                <button class="button" type="submit">
                    {say.remove}
                </button>
            </form>
        </details>
    }
    .erase()
}

/// Which watch this is, and how fresh.
#[component]
fn Heading(
    /// The watch.
    watch: Watch,
    /// When its newest tweet was written.
    newest_at: Option<Timestamp>,
) -> AnyView {
    let say = say();
    let simulated = watch.is_simulated.then(|| view! { <p class="simulated">{say.simulated}</p> });
    let newest = match newest_at {
        Some(at) => view! {
            <p class="quiet">{say.newest} " " <Moment at /></p>
        }
        .erase(),
        None => view! {
            <p>{say.nothing_came}</p>
            <p class="quiet">{say.feed_hint}</p>
        }
        .erase(),
    };
    view! {
        <header class="watch-head">
            <h2>{watch.name.to_string()}</h2>
            {simulated}
            <p class="query">
                <code>{watch.query.to_string()}</code>
            </p>
            {newest}
        </header>
    }
    .erase()
}

/// How much time is shown, as links.
#[component]
fn Ranges(
    /// The watch.
    watch: Watch,
    /// The one that is shown.
    range: Range,
) -> AnyView {
    let say = say();
    let link = |other: Range| {
        let current = (other == range).then_some("true");
        view! {
            <li>
                <a rel="external" href=address(watch.id, other) aria-current=current>
                    {(say.range_name)(other)}
                </a>
            </li>
        }
    };
    view! {
        <nav class="ranges" aria-label=say.range>
            <ul>{Range::ALL.into_iter().map(link).collect_view()}</ul>
        </nav>
    }
    .erase()
}

/// What the negative tweets complain of.
#[component]
fn Complaints(
    /// Most first.
    reasons: Vec<ComplaintCount>,
) -> AnyView {
    let words = use_words();
    let say = say();
    let most = reasons.first().map_or(1, |reason| reason.negatives.max(1));
    let none = reasons.is_empty().then(|| view! { <p class="quiet">{say.no_reasons}</p> });
    let row = |ComplaintCount { reason, negatives }: ComplaintCount| {
        view! {
            <li>
                <span>{reason_name(words, &reason)}</span>
                <svg class="bar" width="100%" height="10" aria-hidden="true" focusable="false">
                    <rect width=format!("{:.1}%", 100.0 * negatives as f64 / most as f64) height="10" />
                </svg>
                <span class="number">{(words.whole)(negatives)}</span>
            </li>
        }
    };
    view! {
        <section class="complaints" aria-labelledby="complaints-title">
            <h2 id="complaints-title">{say.reasons}</h2>
            {none}
            <ul>{reasons.into_iter().map(row).collect_view()}</ul>
        </section>
    }
    .erase()
}

/// The newest negative tweets.
#[component]
fn Negatives(
    /// Newest first.
    tweets: Vec<StreamTweet>,
) -> AnyView {
    let words = use_words();
    let say = say();
    let none = tweets.is_empty().then(|| view! { <p class="quiet">{say.no_negatives}</p> });
    let row = |tweet: StreamTweet| {
        let reason = tweet.reason.map(|reason| reason_name(words, &reason));
        view! {
            <li>
                <LabelMark label=tweet.label />
                <span dir="auto">{tweet.text.unwrap_or_else(|| words.text_forgotten.to_owned())}</span>
                <span class="quiet">{reason}</span>
                <Moment at=tweet.at />
            </li>
        }
    };
    view! {
        <section class="negatives" aria-labelledby="negatives-title">
            <h2 id="negatives-title">{say.newest_negatives}</h2>
            {none}
            <ol>{tweets.into_iter().map(row).collect_view()}</ol>
        </section>
    }
    .erase()
}

/// A reason in the reader's language; one of another vocabulary as it is.
pub fn reason_name(words: &Words, reason: &str) -> String {
    match reason.parse() {
        Ok(reason) => (words.reason_name)(reason).to_owned(),
        Err(_) => reason.to_owned(),
    }
}
