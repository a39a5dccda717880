//! Measured figures with their intervals: numbers in a table, and beside them the same as a drawing.

use leptos::prelude::*;

use crate::{erase::Erase, messages::use_words, model_sheet::Figure};

/// One row a figure.
#[component]
pub fn FigureTable(
    /// The figures.
    figures: Vec<Figure>,
    /// What the table is about.
    caption: String,
) -> AnyView {
    let words = use_words();
    let row = move |figure: Figure| {
        let Figure { name, value, low, high, n } = figure;
        let of = words.figure;
        view! {
            <tr>
                <th scope="row" lang="en">
                    {name}
                </th>
                <td class="number">{of(value)}</td>
                <td class="number">{(words.interval)(&of(low), &of(high))}</td>
                <td class="drawn">
                    <Interval value low high />
                </td>
                <td class="number">{(words.whole)(n)}</td>
            </tr>
        }
        .erase()
    };
    view! {
        <table class="figures">
            <caption class="unseen">{caption}</caption>
            <thead>
                <tr>
                    <th scope="col">{words.measure}</th>
                    <th scope="col" class="number">
                        {words.value}
                    </th>
                    <th scope="col" class="number">
                        {words.interval_95}
                    </th>
                    // The drawing says nothing that the numbers beside it do not say.
                    <td></td>
                    <th scope="col" class="number">
                        {words.rows}
                    </th>
                </tr>
            </thead>
            <tbody>{figures.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
    .erase()
}

/// A figure on a line from 0 to 1, and how far it may be off.
#[component]
fn Interval(
    /// The figure.
    value: f64,
    /// Lower end of the interval.
    low: f64,
    /// Upper end of the interval.
    high: f64,
) -> AnyView {
    view! {
        <svg class="interval" width="100%" height="12" aria-hidden="true" focusable="false">
            <line class="track" x1="0" x2="100%" y1="6" y2="6" />
            <line class="range" x1=percent(low) x2=percent(high) y1="6" y2="6" />
            <circle cx=percent(value) cy="6" r="3" />
        </svg>
    }
    .erase()
}

/// A place on the line; what lies outside of it is drawn at its end.
fn percent(share: f64) -> String {
    format!("{:.1}%", 100.0 * share.clamp(0.0, 1.0))
}
