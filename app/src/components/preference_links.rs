//! Language and theme, as links that work without scripts.

use leptos::{ev::MouseEvent, prelude::*};
use leptos_router::hooks::use_location;

use super::icons::ThemeIcon;
use crate::{
    messages::use_words,
    preferences::{Language, Theme},
    reader,
};

/// The languages; a link loads the same page again in its own.
#[component]
pub fn LanguageLinks(
    /// The language of this page.
    current: Language,
) -> impl IntoView {
    let words = use_words();
    let link = move |language: Language| {
        view! {
            <a
                href=this_page_with("lang", language.tag())
                rel="external"
                lang=language.tag()
                hreflang=language.tag()
                aria-current=(language == current).then_some("true")
            >
                {match language {
                    Language::English => "English",
                    Language::French => "Français",
                }}
            </a>
        }
    };
    view! {
        <nav class="choices-of" aria-label=words.language>
            {Language::ALL.map(link)}
        </nav>
    }
}

/// The themes; with scripts the page changes at once and keeps what was typed.
#[component]
pub fn ThemeLinks() -> impl IntoView {
    let words = use_words();
    let current = use_context::<RwSignal<Theme>>().unwrap_or_default();
    let link = move |theme: Theme| {
        let choose = move |click: MouseEvent| {
            click.prevent_default();
            reader::remember_theme(theme);
            current.set(theme);
        };
        let name = (words.theme_name)(theme);
        view! {
            <a
                href=this_page_with("theme", theme.name())
                rel="external"
                title=name
                aria-label=name
                aria-current=move || (current.get() == theme).then_some("true")
                on:click=choose
            >
                <ThemeIcon theme />
            </a>
        }
    };
    view! {
        <nav class="choices-of icons" aria-label=words.theme>
            {Theme::ALL.map(link)}
        </nav>
    }
}

/// The address of this page, with `name=value` and with what is open on it.
fn this_page_with(name: &'static str, value: &'static str) -> impl Fn() -> String {
    let location = use_location();
    move || {
        let path = location.pathname.get();
        match location.query.with(|query| query.get("analysis")) {
            Some(id) => format!("{path}?analysis={id}&{name}={value}"),
            None => format!("{path}?{name}={value}"),
        }
    }
}
