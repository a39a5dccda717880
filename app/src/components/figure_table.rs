//! Measured figures with their intervals: numbers in a table, and beside them the same as a drawing.

use leptos::prelude::*;

use super::interval::{Interval, Scale};
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
                    <Interval value range=Some((low, high)) scale=Scale::SHARES />
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
