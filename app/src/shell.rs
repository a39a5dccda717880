//! The document around the pages.

use axum::http::{header, request::Parts};
use leptos::{config::LeptosOptions, prelude::*};
use leptos_axum::ResponseOptions;
use leptos_meta::MetaTags;

use crate::{
    App,
    access::{self, AccessSite, SessionBar},
    erase::Erase,
    preferences::{Preferences, Theme, remembering},
    reader, serving,
};

/// The document: what the browser needs before the page, and the page.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let preferences = reader::preferences();
    remember(preferences);
    // Without a choice the attribute is absent, so that the style follows the system at once.
    let theme = (preferences.theme != Theme::System).then(|| preferences.theme.name());

    let request = use_context::<Parts>();
    let path = request.as_ref().map_or("/", |request| request.uri.path());
    let (site, scripts) = match access::PATHS.contains(&path) {
        true => (view! { <AccessSite /> }.erase(), None),
        false => (view! { <App /> }.erase(), Some(view! { <HydrationScripts options /> })),
    };

    view! {
        <!DOCTYPE html>
        <html lang=preferences.language.tag() data-theme=theme>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <link rel="icon" href=icon() type="image/svg+xml" />
                <link
                    rel="preload"
                    href="/fonts/source-sans-3-latin.woff2"
                    r#as="font"
                    r#type="font/woff2"
                    crossorigin="anonymous"
                />
                <link rel="stylesheet" href="/pkg/vigie.css" />
                {scripts}
                <MetaTags />
            </head>
            <body>
                {site}
                <SessionBar />
            </body>
        </html>
    }
}

/// The icon within the document: a file would be asked for again at each change of the address.
fn icon() -> String {
    let drawing = include_str!("../../public/favicon.svg");
    format!("data:image/svg+xml,{}", drawing.replace('#', "%23").replace('\n', " "))
}

/// Remembers what a link asked for. Pages differ by these headers, which caches are told.
fn remember(preferences: Preferences) {
    let (Some(request), Some(response)) =
        (use_context::<Parts>(), use_context::<ResponseOptions>())
    else {
        return;
    };
    if reader::query(&request, "lang").is_some() {
        serving::set_cookie(&response, &remembering("lang", preferences.language.tag()));
    }
    if reader::query(&request, "theme").is_some() {
        serving::set_cookie(&response, &remembering("theme", preferences.theme.name()));
    }
    if reader::query(&request, "place").is_some() {
        serving::set_cookie(&response, &remembering("place", preferences.place.name()));
    }
    serving::insert(&response, header::CONTENT_LANGUAGE, preferences.language.tag());
    serving::insert(&response, header::VARY, "accept-language, cookie");
}
