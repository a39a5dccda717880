//! The line above every page: whose page this is, which pages there are, how the service is.

use leptos::prelude::*;
use leptos_router::components::A;

use super::{
    icons::Logo,
    preference_links::{LanguageLinks, ThemeLinks},
};
use crate::{
    ApiError,
    desk::Desk,
    erase::Erase,
    messages::{Words, use_words},
    preferences::Language,
    service::{self, Service},
};

/// The header.
#[component]
pub fn SiteHeader(
    /// The language of the page.
    language: Language,
) -> AnyView {
    let words = use_words();
    view! {
        <header class="site-header">
            <a class="brand" href="/">
                <Logo />
                <span>"Vigie"</span>
            </a>
            <nav class="pages" aria-label=words.pages>
                <A href="/" exact=true>
                    {words.page_analyse}
                </A>
                // The service renders these, not the browser.
                <A href="/watch" attr:rel="external">
                    {words.page_watch}
                </A>
                <A href="/files" attr:rel="external">
                    {words.page_files}
                </A>
                <A href="/review" attr:rel="external">
                    {words.page_review}
                </A>
                <A href="/models">{words.page_models}</A>
            </nav>
            <ServiceStatus />
            <LanguageLinks current=language />
            <ThemeLinks />
        </header>
    }
    .erase()
}

/// How the service is: as it was when the page was made, then told by the answers to other requests.
#[component]
fn ServiceStatus() -> impl IntoView {
    let words = use_words();
    let desk = Desk::here();
    let loaded = service::asked();
    let status = move || {
        // A reader who leaves while the page is made takes the resource along.
        let loaded = loaded.try_get().flatten()?;
        let last = desk.last_outcome();
        let (state, sentence) = status(words, last.as_ref(), loaded.as_ref().ok());
        Some(view! { <span class="status" data-status=state>{sentence}</span> })
    };
    view! {
        <p class="service" role="status">
            <Transition>{status}</Transition>
        </p>
    }
}

fn status(
    words: &'static Words,
    last: Option<&Result<(), ApiError>>,
    loaded: Option<&Service>,
) -> (&'static str, &'static str) {
    match last {
        Some(Err(ApiError::StoreUnavailable)) => ("failing", words.service_without_store),
        Some(Err(ApiError::Unreachable | ApiError::ShuttingDown)) => {
            ("failing", words.service_silent)
        }
        Some(Err(ApiError::Busy)) => ("busy", words.service_busy),
        Some(Ok(())) => ("ready", words.service_ready),
        _ if loaded.is_some_and(|service| service.store_answers) => ("ready", words.service_ready),
        _ => ("failing", words.service_without_store),
    }
}
