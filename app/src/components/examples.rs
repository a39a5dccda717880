//! Tweets to try. Without scripts they are links to the same page with the box filled.

use leptos::{ev::MouseEvent, prelude::*};

use crate::{erase::Erase, examples::EXAMPLES, messages::use_words};

/// The list of examples; a click fills the text box.
#[component]
pub fn Examples(
    /// What the text box is to be filled with.
    filled: RwSignal<Option<String>>,
) -> AnyView {
    let words = use_words();
    let example = move |(place, text): (usize, &'static str)| {
        let fill = move |click: MouseEvent| {
            click.prevent_default();
            filled.set(Some(text.to_owned()));
        };
        view! {
            <li>
                <a href=format!("/?example={}", place + 1) rel="external" lang="en" on:click=fill>
                    {text}
                </a>
            </li>
        }
    };
    view! {
        <section class="examples" aria-labelledby="examples-title">
            <h2 id="examples-title" class="overline">
                {words.examples}
            </h2>
            <ul>{EXAMPLES.into_iter().enumerate().map(example).collect_view()}</ul>
        </section>
    }
    .erase()
}
