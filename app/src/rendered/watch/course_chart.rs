//! Volume and share of negative tweets over time, beside what is usual, with the incidents marked on it.

use std::fmt::Write;

use domain::{CoursePoint, Incident, Proportion, Span};
use jiff::{Timestamp, tz::Offset};
use leptos::prelude::*;

use super::{
    course_marks::places,
    incident_card::{cause, severity_name},
    lookout::Range,
    say,
};
use crate::{erase::Erase, messages::use_words};

/// The drawing's own units.
const WIDTH: f64 = 1000.0;
const HEIGHT: f64 = 330.0;
const LEFT: f64 = 44.0;
/// Top and bottom of each half.
const VOLUME: (f64, f64) = (34.0, 170.0);
const SHARE: (f64, f64) = (206.0, 300.0);
/// What a further line of names takes above the chart.
const LANE: f64 = 18.0;
/// Points between two times on the axis.
const TICKS: usize = 8;

/// The chart.
#[component]
pub fn CourseChart(
    /// The oldest first.
    points: Vec<CoursePoint>,
    /// Those that may lie in this time.
    incidents: Vec<Incident>,
    /// How much time is shown.
    range: Range,
    /// The stretch of it that is looked at.
    stretch: Option<Span>,
) -> AnyView {
    let words = use_words();
    let say = say();
    let tweets: u64 = points.iter().map(|point| point.count.tweets).sum();
    let negatives: u64 = points.iter().map(|point| point.count.negatives).sum();
    let said = (say.chart)(tweets, negatives);
    let drawing = Drawing::of(&points, range);
    let marked = incidents.iter().filter_map(|incident| {
        let (from, to) = drawing.stretch(incident)?;
        Some((from, to, cause(words, incident), severity_name(incident)))
    });
    let marked: Vec<_> = marked.collect();
    let names: Vec<_> = marked.iter().map(|(from, _, name, _)| (*from, name.as_str())).collect();
    let places = places(&names, WIDTH);
    let above = LANE * places.iter().map(|place| place.lane).max().unwrap_or(0) as f64;
    let marks = places.into_iter().zip(&marked).map(|(place, (from, to, name, severity))| {
        let anchor = if place.is_to_the_left { "end" } else { "start" };
        let y = 14.0 - LANE * place.lane as f64;
        view! {
            <g class="mark" data-severity=*severity>
                <rect
                    x=number(*from)
                    y=number(y + 6.0)
                    width=number((to - from).max(2.0))
                    height=number(SHARE.1 - y - 6.0)
                />
                <text x=number(*from) y=number(y) text-anchor=anchor>
                    {name.clone()}
                </text>
            </g>
        }
    });
    let marks = marks.collect_view();
    let looked_at = stretch.and_then(|stretch| drawing.between(stretch.from, stretch.to));
    let looked_at = looked_at.map(|(from, to)| {
        view! {
            <rect
                class="stretch"
                x=number(from)
                y=number(VOLUME.0)
                width=number((to - from).max(2.0))
                height=number(SHARE.1 - VOLUME.0)
            />
        }
    });
    let ticks = drawing.ticks.iter().map(|(x, name)| {
        view! {
            <text class="tick" x=number(*x) y=number(HEIGHT - 8.0) text-anchor="middle">
                {name.clone()}
            </text>
        }
    });
    let ticks = ticks.collect_view();
    let top = (words.whole)(drawing.most.round() as u64);
    view! {
        <figure class="course-chart">
            <svg
                viewBox=format!("0 {} {WIDTH} {}", -above, HEIGHT + above)
                role="img"
                aria-label=said.clone()
                data-left=LEFT.to_string()
                data-from=drawing.begin.as_second().to_string()
                data-to=drawing.end.as_second().to_string()
            >
                {looked_at}
                {marks}
                <path class="volume" d=drawing.volume />
                <path class="negative" d=drawing.negative />
                <path class="usual" d=drawing.usual_volume />
                <path class="band" d=drawing.band />
                <path class="share" d=drawing.share />
                <path class="usual" d=drawing.usual_share />
                <text class="tick" x=number(LEFT - 8.0) y=number(VOLUME.0 + 5.0) text-anchor="end">
                    {top}
                </text>
                <text class="tick" x=number(LEFT - 8.0) y=number(VOLUME.1) text-anchor="end">
                    "0"
                </text>
                <text class="tick" x=number(LEFT - 8.0) y=number(SHARE.0 + 10.0) text-anchor="end">
                    {(words.percent)(1.0)}
                </text>
                <text class="tick" x=number(LEFT - 8.0) y=number(SHARE.1) text-anchor="end">
                    {(words.percent)(0.0)}
                </text>
                <line class="axis" x1=number(LEFT) x2=number(WIDTH) y1=number(VOLUME.1) y2=number(VOLUME.1) />
                <line class="axis" x1=number(LEFT) x2=number(WIDTH) y1=number(SHARE.1) y2=number(SHARE.1) />
                <text class="caption" x=number(LEFT) y=number(SHARE.0 - 8.0)>
                    {say.negative_share}
                </text>
                <text class="caption" x=number(LEFT) y=number(VOLUME.0 - 6.0)>
                    {(say.tweets_by)(range)}
                </text>
                {ticks}
            </svg>
            <figcaption>
                {said} ". "
                <span class="key-usual">{say.usual}</span>
                " · "
                {say.in_utc}
            </figcaption>
        </figure>
    }
    .erase()
}

/// Everything as paths.
struct Drawing {
    most: f64,
    volume: String,
    negative: String,
    usual_volume: String,
    band: String,
    share: String,
    usual_share: String,
    ticks: Vec<(f64, String)>,
    begin: Timestamp,
    end: Timestamp,
}

impl Drawing {
    fn of(points: &[CoursePoint], range: Range) -> Self {
        let step = (WIDTH - LEFT) / points.len().max(1) as f64;
        let x = |place: usize| LEFT + step * place as f64;
        let highest = points
            .iter()
            .map(|point| (point.count.tweets as f64).max(point.usual_tweets.unwrap_or_default()));
        let most = highest.fold(4.0, f64::max);
        let y = |count: f64| VOLUME.1 - (VOLUME.1 - VOLUME.0) * count / most;
        let at = |share: f64| SHARE.1 - (SHARE.1 - SHARE.0) * share;
        let mut drawing = Self {
            most,
            volume: String::new(),
            negative: String::new(),
            usual_volume: String::new(),
            band: String::new(),
            share: String::new(),
            usual_share: String::new(),
            ticks: Vec::new(),
            begin: points.first().map_or(Timestamp::UNIX_EPOCH, |point| point.count.at),
            end: end_of(points),
        };
        for (place, point) in points.iter().enumerate() {
            let (left, count) = (x(place), point.count);
            let middle = left + step / 2.0;
            bar(&mut drawing.volume, left, step, y(count.tweets as f64));
            bar(&mut drawing.negative, left, step, y(count.negatives as f64));
            if let Some(usual) = point.usual_tweets {
                line_to(&mut drawing.usual_volume, middle, y(usual));
            }
            if let Some(usual) = point.usual_share {
                line_to(&mut drawing.usual_share, middle, at(usual));
            }
            if count.tweets > 0 {
                let Proportion { share, low, high, .. } =
                    Proportion::of(count.negatives, count.tweets);
                line_to(&mut drawing.share, middle, at(share));
                // Writing to a string cannot fail.
                _ = write!(
                    drawing.band,
                    "M{} {}V{}h{}V{}z",
                    number(left),
                    number(at(high)),
                    number(at(low)),
                    number(step),
                    number(at(high))
                );
            }
            if place % (points.len() / TICKS).max(1) == 0 && middle > LEFT + 20.0 {
                drawing.ticks.push((middle.min(WIDTH - 30.0), clock(count.at, range)));
            }
        }
        drawing
    }

    /// From where to where an incident reaches; `None` if it lies elsewhere.
    fn stretch(&self, incident: &Incident) -> Option<(f64, f64)> {
        self.between(
            incident.started_at,
            incident.ended_at.unwrap_or(self.end).max(incident.started_at),
        )
    }

    /// From where to where a time reaches.
    fn between(&self, from: Timestamp, to: Timestamp) -> Option<(f64, f64)> {
        let whole = self.end.duration_since(self.begin).as_secs_f64();
        let x = |at: Timestamp| {
            let share = at.duration_since(self.begin).as_secs_f64() / whole.max(1.0);
            LEFT + (WIDTH - LEFT) * share.clamp(0.0, 1.0)
        };
        let is_here = to >= self.begin && from <= self.end;
        is_here.then(|| (x(from), x(to)))
    }
}

/// When the last point ends: they follow each other at the same distance.
fn end_of(points: &[CoursePoint]) -> Timestamp {
    let Some(last) = points.last() else { return Timestamp::UNIX_EPOCH };
    let width = match points {
        [first, second, ..] => second.count.at.duration_since(first.count.at),
        _ => jiff::SignedDuration::ZERO,
    };
    last.count.at.checked_add(width).unwrap_or(last.count.at)
}

fn bar(path: &mut String, left: f64, width: f64, top: f64) {
    if top < VOLUME.1 {
        _ = write!(
            path,
            "M{} {}V{}h{}V{}z",
            number(left),
            number(VOLUME.1),
            number(top),
            number((width - 1.0).max(0.5)),
            number(VOLUME.1)
        );
    }
}

fn line_to(path: &mut String, x: f64, y: f64) {
    let verb = if path.is_empty() { 'M' } else { 'L' };
    _ = write!(path, "{verb}{} {}", number(x), number(y));
}

/// A tenth of a unit is finer than any screen.
fn number(value: f64) -> String {
    format!("{value:.1}")
}

/// A time on the axis, in UTC.
pub fn clock(at: Timestamp, range: Range) -> String {
    let time = Offset::UTC.to_datetime(at);
    match range {
        Range::Day => format!("{:02}:{:02}", time.hour(), time.minute()),
        Range::Week | Range::Month => {
            format!("{:02}/{:02} {:02}:00", time.day(), time.month(), time.hour())
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::TweetCount;

    use super::*;

    #[test]
    fn a_point_has_a_bar_a_band_and_its_usual_state() {
        let point = |second, tweets, negatives| CoursePoint {
            count: TweetCount { at: Timestamp::from_second(second).unwrap(), tweets, negatives },
            usual_tweets: Some(2.0),
            usual_share: Some(0.25),
        };
        let drawing = Drawing::of(&[point(0, 10, 5), point(900, 0, 0)], Range::Day);
        assert_eq!(drawing.most, 10.0);
        assert_eq!(drawing.volume.matches('M').count(), 1, "nothing is no bar");
        assert_eq!(drawing.band.matches('M').count(), 1);
        assert_eq!(drawing.share, "M283.0 253.0");
        assert_eq!(drawing.usual_share.matches(['M', 'L']).count(), 2);
    }

    #[test]
    fn times_are_said_as_fine_as_they_are_shown() {
        let at = "2015-02-22T09:05:00Z".parse().unwrap();
        assert_eq!(clock(at, Range::Day), "09:05");
        assert_eq!(clock(at, Range::Week), "22/02 09:00");
    }
}
