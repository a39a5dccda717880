//! How a file feels as a whole: shares with their intervals, and what the negative texts complain of.

use domain::{FileId, FileSummary, Label, Proportion, ReasonCount};
use leptos::prelude::*;

use super::say;
use crate::{
    components::{
        LabelMark,
        interval::{Interval, Scale},
    },
    erase::Erase,
    messages::use_words,
};

/// The shares.
#[component]
pub fn Shares(
    /// What was counted.
    summary: FileSummary,
    /// The file; each share leads to its rows.
    id: FileId,
) -> AnyView {
    let words = say();
    let label = |(place, label): (usize, Label)| {
        let href = format!("/files/{id}?label={label}#rows");
        let name = view! { <LabelMark label /> }.erase();
        view! { <Line name href proportion=summary.labels[place] label=label.as_str() /> }
    };
    let labels = Label::ALL.into_iter().enumerate().map(label).collect_view();
    let not_sure = view! {
        <Line
            name=words.not_sure.into_any()
            href=format!("/files/{id}?sure=false#rows")
            proportion=summary.not_sure
            label="none"
        />
    };
    let reasons = summary.reasons.clone();
    view! {
        <section class="shares" aria-labelledby="shares-title">
            <h2 id="shares-title" class="overline">
                {words.shares}
            </h2>
            <Lines caption=words.shares of=words.share lines=view! { {labels} {not_sure} }.erase() />
        </section>
        {(!reasons.is_empty()).then(|| view! { <Reasons reasons id /> })}
    }
    .erase()
}

/// What the negative texts complain of.
#[component]
fn Reasons(
    /// The most frequent first.
    reasons: Vec<ReasonCount>,
    /// The file.
    id: FileId,
) -> AnyView {
    let all_words = use_words();
    let words = say();
    let line = |counted: ReasonCount| {
        let href = format!("/files/{id}?reason={}#rows", counted.reason);
        let name = (all_words.reason_name)(counted.reason).into_any();
        view! { <Line name href proportion=counted.negative label="negative" /> }
    };
    let lines = reasons.into_iter().map(line).collect_view().erase();
    view! {
        <section class="shares" aria-labelledby="reasons-title">
            <h2 id="reasons-title" class="overline">
                {words.reasons}
            </h2>
            <Lines caption=words.reasons of=words.of_negative lines />
        </section>
    }
    .erase()
}

/// The table around the lines.
#[component]
fn Lines(
    /// What the table is about.
    caption: &'static str,
    /// What the shares are of.
    of: &'static str,
    /// Its lines.
    lines: AnyView,
) -> AnyView {
    let words = use_words();
    view! {
        <table class="share-table">
            <caption class="unseen">{caption}</caption>
            <thead>
                <tr>
                    <td></td>
                    <th scope="col" class="number">
                        {of}
                    </th>
                    <th scope="col" class="number">
                        {words.interval_95}
                    </th>
                    <td class="drawn"></td>
                    <th scope="col" class="number">
                        {words.rows}
                    </th>
                </tr>
            </thead>
            <tbody>{lines}</tbody>
        </table>
    }
    .erase()
}

/// One share, as numbers and as a drawing.
#[component]
fn Line(
    /// What it is of.
    name: AnyView,
    /// Where its rows are.
    href: String,
    /// The share.
    proportion: Proportion,
    /// Whose colour it has.
    label: &'static str,
) -> AnyView {
    let words = use_words();
    let Proportion { count, share, low, high } = proportion;
    let percent = |share: f64| (say().tenths)(share);
    view! {
        <tr data-label=label>
            <th scope="row">
                <a rel="external" href=href>{name}</a>
            </th>
            <td class="number">{percent(share)}</td>
            <td class="number quiet">{(words.interval)(&percent(low), &percent(high))}</td>
            <td class="drawn">
                <Interval value=share range=Some((low, high)) scale=Scale::SHARES />
            </td>
            <td class="number">{(words.whole)(count)}</td>
        </tr>
    }
    .erase()
}
