//! A moment on the reader's clock.
//!
//! The server does not know that clock, so a page arrives with times in UTC, marked as such;
//! once the page is taken over, they turn into local times.

use jiff::{Timestamp, civil::DateTime, tz::Offset};
use leptos::prelude::*;

use crate::{messages::use_words, reader};

/// Whether the reader's clock is known yet.
#[derive(Clone, Copy)]
pub struct Clock(RwSignal<bool>);

impl Clock {
    /// Not known on the server and while the page is being taken over; known from then on.
    pub fn new() -> Self {
        let known = RwSignal::new(false);
        Effect::new(move || known.set(true));
        Self(known)
    }
}

/// A moment as `<time>`, to the minute.
#[component]
pub fn Moment(
    /// The moment.
    at: Timestamp,
) -> impl IntoView {
    let words = use_words();
    let Clock(known) = expect_context();
    let shown = move || {
        let minutes_east = if known.get() { reader::minutes_east(at) } else { None };
        (words.moment)(on_clock(at, minutes_east.unwrap_or(0)), minutes_east.is_none())
    };
    view! { <time datetime=at.to_string()>{shown}</time> }
}

/// The date and time that a clock `minutes_east` of UTC shows at `at`.
fn on_clock(at: Timestamp, minutes_east: i32) -> DateTime {
    Offset::from_seconds(minutes_east * 60).unwrap_or(Offset::UTC).to_datetime(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_in_paris_is_an_hour_ahead_in_winter() {
        let at: Timestamp = "2026-01-31T23:30:00Z".parse().unwrap();
        assert_eq!(on_clock(at, 60).to_string(), "2026-02-01T00:30:00");
        assert_eq!(on_clock(at, -300).to_string(), "2026-01-31T18:30:00");
    }
}
