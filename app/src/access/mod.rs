//! Who may do what: the pages where people log in, choose passwords, and keep accounts and keys.
//!
//! They are plain documents without any script, so they are no part of what the browser takes over: the server has
//! a site of its own for them. What is shown once, as the link of a new account, travels to the page in a cookie of one minute.

mod account;
mod accounts;
mod answers;
mod api;
mod changes;
mod invitation;
mod login;
mod next;
mod session_bar;
mod told_once;
mod words;

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::{
    SsrMode,
    components::{FlatRoutes, Route, Router},
    path,
};

use crate::{
    access_trouble::AccessTrouble, components::SiteHeader, desk::Desk, moment::Clock,
    pages::NotFound, preferences::Language, reader, service,
};
use words::AccessWords;

pub use session_bar::SessionBar;

/// Where these pages are.
pub const PATHS: [&str; 4] = ["/login", "/invitation", "/account", "/accounts"];

/// The site of these pages, in the frame that all pages share.
#[component]
pub fn AccessSite() -> impl IntoView {
    provide_meta_context();
    let preferences = reader::preferences();
    provide_context(preferences.language.words());
    provide_context(RwSignal::new(preferences.theme));
    provide_context(Clock::new());
    provide_context(Desk::new());
    provide_context(service::ask());
    let words = preferences.language.words();
    view! {
        <Router>
            <a class="skip" href="#content">
                {words.skip_to_content}
            </a>
            <SiteHeader language=preferences.language />
            <FlatRoutes fallback=NotFound>
                <Route path=path!("/login") view=login::login ssr=SsrMode::Async />
                <Route path=path!("/invitation") view=invitation::invitation ssr=SsrMode::Async />
                <Route path=path!("/account") view=account::account ssr=SsrMode::Async />
                <Route path=path!("/accounts") view=accounts::accounts ssr=SsrMode::Async />
            </FlatRoutes>
        </Router>
    }
}

/// What is said of logins, accounts and keys in `language`.
pub fn said_of_access(language: Language, trouble: &AccessTrouble) -> String {
    (words(language).trouble)(trouble)
}

/// What these pages say, in the reader's language.
fn say() -> &'static AccessWords {
    words(reader::preferences().language)
}

const fn words(language: Language) -> &'static AccessWords {
    match language {
        Language::English => &words::ENGLISH,
        Language::French => &words::FRENCH,
    }
}
