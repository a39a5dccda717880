//! The reader as the browser knows them.

use domain::Reviewer;
use jiff::Timestamp;
use leptos::prelude::{document, request_animation_frame, window};

use crate::{
    preferences::{Place, Preferences, Theme, remembering},
    refusal::Refusal,
};

/// Never asked here: the page brings what the server read from the request.
pub fn preferences() -> Preferences {
    Preferences::default()
}

/// Never asked here: the page brings what the server read from the request.
pub fn refusal() -> Option<Refusal> {
    None
}

/// Never asked here: the page brings what the server knows.
pub fn reviewer() -> Reviewer {
    Reviewer::local()
}

/// The browser cannot change the status of a page that it already has.
pub fn page_not_found() {}

/// Shows the page in `theme` from now on, without loading it again.
pub fn remember_theme(theme: Theme) {
    let Some(root) = document().document_element() else { return };
    // Fails only where attributes are forbidden; then the link's own way is left.
    _ = root.set_attribute("data-theme", theme.name());
    remember("theme", theme.name());
}

/// Tweets are read at `place` in later visits too.
pub fn remember_place(place: Place) {
    remember("place", place.name());
}

/// Fails only where cookies are forbidden; then the choice lasts as long as the page.
fn remember(name: &str, value: &str) {
    let cookie = remembering(name, value);
    _ = js_sys::Reflect::set(&document(), &"cookie".into(), &cookie.into());
}

/// Marks the page as taken over, so that the style shows what only scripts can do.
pub fn page_is_live() {
    if let Some(root) = document().document_element() {
        _ = root.set_attribute("data-live", "");
    }
}

/// How far east of UTC the reader's clock is at `at`, in minutes.
pub fn minutes_east(at: Timestamp) -> Option<i32> {
    let date = js_sys::Date::new(&(at.as_millisecond() as f64).into());
    Some(-(date.get_timezone_offset() as i32))
}

/// Puts `text` on the clipboard; `false` where the browser has none to offer.
pub fn copy(text: &str) -> bool {
    let offered = window().is_secure_context();
    if offered {
        // The promise fails only when the reader forbids it, which they know.
        _ = window().navigator().clipboard().write_text(text);
    }
    offered
}

/// Scrolls to what is named `id` where it is out of sight, as little as shows it: in the next frame,
/// when what has just changed has its place.
pub fn bring_into_view(id: &'static str) {
    request_animation_frame(move || {
        let Some(element) = document().get_element_by_id(id) else { return };
        let place = web_sys::ScrollIntoViewOptions::new();
        place.set_block(web_sys::ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&place);
    });
}
