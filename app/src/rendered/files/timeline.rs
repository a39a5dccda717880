//! How the labels went in time: a drawing, and the same as a table.

use domain::{Bucket, Label, Timeline};
use leptos::prelude::*;

use super::say;
use crate::{components::LabelMark, erase::Erase, messages::use_words, moment::Moment};

const HEIGHT: f64 = 120.0;
const STEP: f64 = 10.0;

/// The timeline.
#[component]
pub fn TimelineChart(
    /// What was counted.
    timeline: Timeline,
) -> AnyView {
    let words = say();
    let length = (words.buckets)(timeline.bucket_seconds);
    view! {
        <section class="timeline" aria-labelledby="timeline-title">
            <h2 id="timeline-title" class="overline">
                {format!("{}, {length}", words.timeline)}
            </h2>
            <Drawing timeline=timeline.clone() />
            <details>
                <summary>{words.rows}</summary>
                <Numbers buckets=timeline.buckets />
            </details>
        </section>
    }
    .erase()
}

/// Stacked bars, negative at the bottom; it says nothing that the table does not say.
#[component]
fn Drawing(
    /// What was counted.
    timeline: Timeline,
) -> AnyView {
    let Timeline { bucket_seconds, buckets } = timeline;
    let first = buckets.first().map_or(0, |bucket| bucket.start.as_second());
    let last = buckets.last().map_or(0, |bucket| bucket.start.as_second());
    let length = i64::try_from(bucket_seconds.max(1)).unwrap_or(i64::MAX);
    // What lies far apart is drawn closer, so that a bar keeps a width that can be seen.
    let places = ((last - first) / length + 1).clamp(1, 400) as f64;
    let most = buckets.iter().map(|bucket| bucket.counts.iter().sum::<u64>()).max().unwrap_or(1);
    let place = move |bucket: &Bucket| {
        let span = (last - first).max(1) as f64;
        (bucket.start.as_second() - first) as f64 / span * (places - 1.0) * STEP
    };
    let bar = move |bucket: &Bucket| {
        let x = place(bucket);
        let mut top = HEIGHT;
        let part = |label: Label| {
            let height = bucket.counts[label as usize] as f64 / most as f64 * HEIGHT;
            top -= height;
            view! {
                <rect
                    data-label=label.as_str()
                    x=format!("{x:.1}")
                    y=format!("{top:.1}")
                    width=STEP * 0.8
                    height=format!("{height:.1}")
                />
            }
        };
        Label::ALL.map(part).into_iter().collect_view()
    };
    let bars = buckets.iter().map(bar).collect_view();
    let ends =
        (buckets.first().map(|bucket| bucket.start), buckets.last().map(|bucket| bucket.start));
    view! {
        <svg
            class="bars"
            viewBox=format!("0 0 {} {HEIGHT}", places * STEP)
            preserveAspectRatio="none"
            aria-hidden="true"
            focusable="false"
        >
            {bars}
        </svg>
        <p class="ends quiet">
            {ends.0.map(|at| view! { <Moment at /> })}
            <span class="keys">
                {Label::ALL.map(|label| view! { <LabelMark label /> }).into_iter().collect_view()}
            </span>
            {ends.1.map(|at| view! { <Moment at /> })}
        </p>
    }
    .erase()
}

/// The numbers.
#[component]
fn Numbers(
    /// The oldest first.
    buckets: Vec<Bucket>,
) -> AnyView {
    let all_words = use_words();
    let heading =
        |label: Label| view! { <th scope="col" class="number">{(all_words.label)(label)}</th> };
    let row = |bucket: Bucket| {
        let count = |count: u64| view! { <td class="number">{(all_words.whole)(count)}</td> };
        view! {
            <tr>
                <th scope="row">
                    <Moment at=bucket.start />
                </th>
                {bucket.counts.map(count).into_iter().collect_view()}
            </tr>
        }
    };
    view! {
        <table class="share-table">
            <thead>
                <tr>
                    <th scope="col">{say().from}</th>
                    {Label::ALL.map(heading).into_iter().collect_view()}
                </tr>
            </thead>
            <tbody>{buckets.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
    .erase()
}
