//! Which keys there are, and how to turn them off.

use leptos::prelude::*;

use super::say;
use crate::erase::Erase;

/// The keys, folded; `?` unfolds them.
#[component]
pub fn Keys() -> AnyView {
    let words = say();
    let row = |(keys, does): &(&'static str, &'static str)| {
        let keys = keys.split(' ').map(|key| view! { <kbd>{key}</kbd> " " }).collect_view();
        view! {
            <div>
                <dt>{keys}</dt>
                <dd>{*does}</dd>
            </div>
        }
    };
    view! {
        <details class="keys scripted">
            <summary>{words.keys}</summary>
            <p class="quiet">{words.keys_where}</p>
            <dl>{words.key_names.iter().map(row).collect_view()}</dl>
            <label class="tick">
                <input type="checkbox" data-single-keys="" checked />
                <span>{words.keys_on}</span>
            </label>
        </details>
    }
    .erase()
}
