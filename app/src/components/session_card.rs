//! What was read in this visit, in numbers.

use domain::Label;
use leptos::prelude::*;

use super::LabelMark;
use crate::{desk::Desk, erase::Erase, messages::use_words};

/// The session card; it is counted from the answers on the desk.
#[component]
pub fn SessionCard() -> AnyView {
    let words = use_words();
    let desk = Desk::here();
    let summary = move || desk.with(crate::desk::Visit::summary);
    let mean = move || match summary() {
        none if none.count == 0 => "–".to_owned(),
        some => (words.percent)(some.mean_confidence),
    };
    let share = move |(place, label): (usize, Label)| {
        view! {
            <div>
                <dt>
                    <LabelMark label />
                </dt>
                <dd data-count=label.as_str()>{move || summary().labels[place]}</dd>
            </div>
        }
    };
    view! {
        <section class="session scripted" aria-labelledby="session-title">
            <h2 id="session-title" class="overline">
                {words.session}
            </h2>
            <dl>
                <div>
                    <dt>{words.session_count}</dt>
                    <dd data-count="all">{move || summary().count}</dd>
                </div>
                <div>
                    <dt>{words.session_confidence}</dt>
                    <dd>{mean}</dd>
                </div>
                {Label::ALL.into_iter().enumerate().map(share).collect_view()}
            </dl>
        </section>
    }
    .erase()
}
