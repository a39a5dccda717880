//! Which watch is looked at, and one more.

use domain::{Watch, WatchId};
use leptos::prelude::*;

use super::{lookout::Range, new_watch::NewWatch, say};
use crate::erase::Erase;

/// The watches as links, and the form for a new one.
#[component]
pub fn Picker(
    /// By name.
    watches: Vec<Watch>,
    /// The one that is looked at.
    shown: WatchId,
    /// How much time is shown.
    range: Range,
) -> AnyView {
    let words = say();
    let has_demo = watches.iter().any(|watch| watch.is_simulated);
    let link = |watch: Watch| {
        let current = (watch.id == shown).then_some("page");
        view! {
            <li>
                <a rel="external" href=address(watch.id, range) aria-current=current>
                    {watch.name.to_string()}
                </a>
            </li>
        }
    };
    view! {
        <nav class="watches" aria-label=words.watches>
            <ul>{watches.into_iter().map(link).collect_view()}</ul>
            <details class="new-watch">
                <summary>{words.new_watch}</summary>
                <NewWatch has_demo />
            </details>
        </nav>
    }
    .erase()
}

/// Where a watch is looked at.
pub fn address(watch: WatchId, range: Range) -> String {
    format!("/watch?watch={watch}&range={}", range.name())
}
