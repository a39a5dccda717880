//! A stretch of the time that is shown: drawn on the chart, or written, and the page tells of it alone.

use domain::{Span, WatchId};
use jiff::{Timestamp, civil::DateTime, tz::TimeZone};
use leptos::prelude::*;

use super::{lookout::Range, picker::address, say};
use crate::erase::Erase;

/// As fields of times have it.
const MINUTE: &str = "%Y-%m-%dT%H:%M";

/// The form, with the stretch that is looked at; `public/live.js` fills it in when one is drawn.
#[component]
pub fn StretchForm(
    /// Of which watch.
    watch: WatchId,
    /// How much time is shown.
    range: Range,
    /// The stretch that is looked at.
    stretch: Option<Span>,
) -> AnyView {
    let say = say();
    let [from, to] = match stretch {
        Some(Span { from, to }) => [from, to].map(written),
        None => [String::new(), String::new()],
    };
    let whole = stretch.map(|_| {
        view! {
            <a rel="external" href=address(watch, range)>
                {say.whole_time}
            </a>
        }
    });
    view! {
        <form class="stretch-form" method="get" action="/watch" aria-label=say.stretch>
            <input type="hidden" name="watch" value=watch.to_string() />
            <input type="hidden" name="range" value=range.name() />
            <label>
                <span>{say.stretch_from}</span>
                <input name="from" type="datetime-local" value=from required />
            </label>
            <label>
                <span>{say.stretch_to}</span>
                <input name="to" type="datetime-local" value=to required />
            </label>
            <button class="button" type="submit" data-do="stretch">
                {say.show_stretch}
            </button>
            {whole}
            <p class="quiet">{say.stretch_hint}</p>
        </form>
    }
    .erase()
}

/// The stretch that an address names; `None` for what is no time, or ends before it begins.
pub fn named(from: Option<&str>, to: Option<&str>) -> Option<Span> {
    let (from, to) = (read(from?)?, read(to?)?);
    (from < to).then_some(Span { from, to })
}

fn written(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).strftime(MINUTE).to_string()
}

fn read(text: &str) -> Option<Timestamp> {
    let time: DateTime = text.parse().ok()?;
    time.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stretch_comes_back_from_its_form_and_nonsense_is_none() {
        let stretch = named(Some("2015-02-22T09:05"), Some("2015-02-22T11:00")).unwrap();
        assert_eq!(written(stretch.from), "2015-02-22T09:05");
        assert_eq!((stretch.to - stretch.from).get_seconds(), 6_900);
        for (from, to) in [("2015-02-22T11:00", "2015-02-22T09:05"), ("", ""), ("now", "then")] {
            assert_eq!(named(Some(from), Some(to)), None);
        }
        assert_eq!(named(None, Some("2015-02-22T11:00")), None);
    }
}
