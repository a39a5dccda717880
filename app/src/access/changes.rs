//! The log of changes: who changed what, newest first.

use domain::AuditEntry;
use leptos::prelude::*;

use super::{answers, say};
use crate::{erase::Erase, moment::Moment};

/// A page of it.
#[component]
pub fn Changes(
    /// Newest first.
    entries: Vec<AuditEntry>,
    /// Whether these are the newest of all.
    is_first: bool,
) -> AnyView {
    let say = say();
    let last = entries.last().filter(|_| entries.len() == answers::SHOWN as usize);
    let older = last.map(|entry| format!("/accounts?before={}#changes", entry.id));
    let newest = (!is_first).then(|| view! { <a href="/accounts#changes">{say.newest}</a> });
    let row = |entry: AuditEntry| {
        view! {
            <tr>
                <td>
                    <Moment at=entry.at />
                </td>
                <td>{entry.actor}</td>
                <td>{(say.via)(entry.via)}</td>
                <td>
                    <code>{entry.action}</code>
                </td>
                <td>
                    <code>{entry.subject}</code>
                </td>
                <td>{if entry.status < 400 { say.done } else { say.refused }}</td>
            </tr>
        }
    };
    view! {
        <section id="changes">
            <h2 id="changes-title">{say.changes}</h2>
            <div class="scrolled" tabindex="0" role="region" aria-labelledby="changes-title">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{say.when}</th>
                            <th scope="col">{say.who}</th>
                            <th scope="col">{say.how}</th>
                            <th scope="col">{say.what}</th>
                            <th scope="col">{say.to_what}</th>
                            <th scope="col">{say.outcome}</th>
                        </tr>
                    </thead>
                    <tbody>{entries.into_iter().map(row).collect_view()}</tbody>
                </table>
            </div>
            <p class="more">
                {newest} {older.map(|older| view! { <a href=older>{say.older}</a> })}
            </p>
        </section>
    }
    .erase()
}
