//! What tweets come from by themselves, and how that is going.

use domain::{ReadBudget, SourceReport};
use leptos::prelude::*;

use super::say;
use crate::{erase::Erase, messages::use_words, moment::Moment};

/// Every source that is followed; how to have one where there is none.
#[component]
pub fn SourceList(
    /// Bluesky before X.
    sources: Vec<SourceReport>,
) -> AnyView {
    let say = say();
    let none = sources.is_empty().then(|| view! { <p class="quiet">{say.no_sources}</p> });
    let rows = sources.into_iter().map(|source| view! { <Row source /> }).collect_view();
    view! {
        <section class="sources" aria-labelledby="sources-title">
            <h2 id="sources-title">{say.sources}</h2>
            {none}
            <ul>{rows}</ul>
        </section>
    }
    .erase()
}

#[component]
fn Row(
    /// How it is doing.
    source: SourceReport,
) -> AnyView {
    let words = use_words();
    let say = say();
    let state = source.reason.map_or(say.followed, say.waits_because);
    let last = source
        .last_at
        .map(|at| view! { <span class="quiet">{say.newest} " " <Moment at /></span> });
    let budget = source.budget.map(|ReadBudget { read, of }| {
        view! { <span class="quiet">{(say.budget)((words.whole)(read), (words.whole)(of))}</span> }
    });
    view! {
        <li>
            <strong>{name(&source.source)}</strong>
            <span>{state} " " {say.since} " " <Moment at=source.since /></span>
            <span class="quiet">{(say.gave)((words.whole)(source.tweets))}</span>
            {last}
            {budget}
            <span class="quiet">{source.detail}</span>
        </li>
    }
    .erase()
}

/// A source as people call it.
fn name(source: &str) -> String {
    match source {
        "bluesky" => "Bluesky".to_owned(),
        "x" => "X".to_owned(),
        other => other.to_owned(),
    }
}
