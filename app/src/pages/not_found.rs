//! What answers a path that is no page's.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::{erase::Erase, messages::use_words, reader};

/// Says so, and where to go on.
#[component]
pub fn NotFound() -> AnyView {
    let words = use_words();
    reader::page_not_found();
    view! {
        <Title text=format!("{} · Vigie", words.not_found_title) />
        <main id="content" class="page lone" data-page="not-found">
            <h1>{words.not_found_title}</h1>
            <p>{words.not_found_hint} " " <a href="/">{words.page_analyse}</a></p>
        </main>
    }
    .erase()
}
