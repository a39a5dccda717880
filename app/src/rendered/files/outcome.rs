//! What came of a file: shares, time, words, what could not be read, and every row.

use leptos::prelude::*;

use super::{
    layout_form::LayoutForm,
    row_table::Rows,
    say,
    shares::Shares,
    telling_words::TellingWords,
    timeline::TimelineChart,
    unreadable_rows::Unreadable,
    view::{Asked, FileView},
};
use crate::erase::Erase;

/// The outcome.
#[component]
pub fn Outcome(
    /// The file.
    view: FileView,
    /// The rows that the address asks for.
    query: Asked,
) -> AnyView {
    let words = say();
    let FileView { report, preview, summary, unreadable } = view;
    let id = report.id;
    let has_dates = report.layout.as_ref().is_some_and(|layout| layout.date_column.is_some());
    let progress = report.progress;
    let problem = report.problem.map(|problem| {
        view! {
            <p class="problem" role="alert">
                {(words.problem)(problem)}
            </p>
        }
    });
    let again = preview.and_then(Result::ok).map(|preview| {
        view! {
            <details class="again">
                <summary>{words.read_again}</summary>
                <LayoutForm id preview action=words.read />
            </details>
        }
    });
    let timeline = summary.timeline.clone().map(|timeline| view! { <TimelineChart timeline /> });
    let telling = summary.words.clone();
    let is_empty = summary.judged == 0;
    view! {
        {problem}
        <p class="outcome" data-state=format!("{:?}", report.state).to_lowercase()>
            {(words.state_name)(report.state)}
            " · "
            {(words.outcome)(progress.judged, progress.unreadable)}
        </p>
        {(!is_empty).then(|| view! {
            <div class="overview">
                <Shares summary id />
                {timeline}
                <TellingWords words=telling id />
            </div>
        })}
        <Unreadable unreadable />
        {(!is_empty).then(|| view! { <Rows id query has_dates /> })}
        {again}
    }
    .erase()
}
