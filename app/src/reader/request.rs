//! The reader as their request tells.

use axum::http::{StatusCode, header, request::Parts};
use domain::Reviewer;
use jiff::Timestamp;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;

use crate::{
    arrival::visitor,
    preferences::{Language, Place, Preferences, Theme},
    refusal::Refusal,
    serving,
};

/// What the link asks for, else what a cookie remembers, else what the browser says.
pub fn preferences() -> Preferences {
    let Some(request) = use_context::<Parts>() else { return Preferences::default() };
    let asked = |name| query(&request, name).or_else(|| serving::cookie(&request, name));
    let accepted =
        request.headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let language = asked("lang").and_then(language_of);
    Preferences {
        language: language.or_else(|| accepted.and_then(liked_best)).unwrap_or_default(),
        theme: asked("theme").and_then(theme_of).unwrap_or_default(),
        place: asked("place").and_then(place_of).unwrap_or_default(),
    }
}

/// The value of a field of the link, where it needs no decoding.
pub fn query<'a>(request: &'a Parts, name: &str) -> Option<&'a str> {
    let pairs = request.uri.query()?.split('&');
    pairs
        .filter_map(|pair| pair.split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

/// The form that was refused just before, once.
pub fn refusal() -> Option<Refusal> {
    serving::take_refusal()
}

/// Whoever is logged in; without accounts, who sits at the machine.
pub fn reviewer() -> Reviewer {
    visitor().reviewer(None)
}

/// Answers 404.
pub fn page_not_found() {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(StatusCode::NOT_FOUND);
    }
}

/// Without scripts a theme is remembered by its link.
pub fn remember_theme(_theme: Theme) {}

/// Without scripts a place is remembered by its link.
pub fn remember_place(_place: Place) {}

/// A page on the server is not live.
pub fn page_is_live() {}

/// A request does not tell.
pub fn minutes_east(_at: Timestamp) -> Option<i32> {
    None
}

/// A server has no clipboard.
pub fn copy(_text: &str) -> bool {
    false
}

/// A server has no view.
pub fn bring_into_view(_id: &str) {}

/// The language with the BCP 47 tag `tag`, whatever its region.
fn language_of(tag: &str) -> Option<Language> {
    let primary = tag.split('-').next()?;
    Language::ALL.into_iter().find(|language| language.tag().eq_ignore_ascii_case(primary))
}

/// Of the languages that the page speaks, the one that an `Accept-Language` header likes best.
fn liked_best(header: &str) -> Option<Language> {
    let mut best: Option<(f32, Language)> = None;
    for item in header.split(',') {
        let (tag, quality) = item.split_once(";q=").unwrap_or((item, "1"));
        let quality = quality.trim().parse().unwrap_or(0.0);
        let Some(language) = language_of(tag.trim()) else { continue };
        if quality > best.map_or(0.0, |(highest, _)| highest) {
            best = Some((quality, language));
        }
    }
    best.map(|(_, language)| language)
}

fn theme_of(name: &str) -> Option<Theme> {
    Theme::ALL.into_iter().find(|theme| theme.name() == name)
}

fn place_of(name: &str) -> Option<Place> {
    [Place::Service, Place::Device].into_iter().find(|place| place.name() == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_liked_best_wins_wherever_it_stands() {
        let cases = [
            ("fr", Some(Language::French)),
            ("fr-CA,fr;q=0.9,en;q=0.8", Some(Language::French)),
            ("en;q=0.5, FR;q=0.7", Some(Language::French)),
            ("de, en;q=0.3, fr;q=0.2", Some(Language::English)),
            ("de, *;q=0.1", None),
            ("fr;q=0", None),
            ("", None),
        ];
        for (header, expected) in cases {
            assert_eq!(liked_best(header), expected, "{header}");
        }
    }

    #[test]
    fn every_choice_on_the_page_is_understood() {
        for theme in Theme::ALL {
            assert_eq!(theme_of(theme.name()), Some(theme));
        }
        for place in [Place::Service, Place::Device] {
            assert_eq!(place_of(place.name()), Some(place));
        }
        for language in Language::ALL {
            assert_eq!(language_of(language.tag()), Some(language));
        }
    }
}
