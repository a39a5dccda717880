//! The rows that could not be read: where each is and why.

use domain::{UnreadableRow, UnreadableRows};
use leptos::prelude::*;

use super::say;
use crate::{erase::Erase, messages::use_words};

/// The list under one line that opens it; nothing if every row was read.
#[component]
pub fn Unreadable(
    /// The first of them.
    unreadable: UnreadableRows,
) -> AnyView {
    let all_words = use_words();
    let words = say();
    let UnreadableRows { total, rows } = unreadable;
    if total == 0 {
        return ().erase();
    }
    let shown = rows.len();
    let row = |row: UnreadableRow| {
        view! {
            <tr>
                <td class="number">{(all_words.whole)(row.line)}</td>
                <td>{(words.row_trouble)(&row.trouble)}</td>
            </tr>
        }
    };
    view! {
        <details class="unreadable">
            <summary>{(words.unreadable)(total)}</summary>
            {(total > shown as u64).then(|| view! { <p class="quiet">{(words.only_first)(shown)}</p> })}
            <table class="share-table">
                <thead>
                    <tr>
                        <th scope="col" class="number">{words.line}</th>
                        <th scope="col">{words.reason}</th>
                    </tr>
                </thead>
                <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
            </table>
        </details>
    }
    .erase()
}
