//! The numbers of the chart, for those who read rather than look.

use domain::{CoursePoint, WatchId};
use leptos::prelude::*;

use super::{course_chart::clock, lookout::Range, say};
use crate::{erase::Erase, messages::use_words};

/// The table, folded.
#[component]
pub fn CourseTable(
    /// Of which watch.
    watch: WatchId,
    /// The oldest first.
    points: Vec<CoursePoint>,
    /// How much time is shown.
    range: Range,
) -> AnyView {
    let words = use_words();
    let say = say();
    let (Some(first), Some(last)) = (points.first(), points.last()) else { return ().erase() };
    let data = format!(
        "/api/v1/watches/{watch}/course.csv?seconds={}&from={}&to={}",
        range.seconds(),
        first.count.at,
        last.count.at
    );
    let row = |point: CoursePoint| {
        let share = point.count.negatives as f32 / point.count.tweets.max(1) as f32;
        let share = (point.count.tweets > 0).then(|| (words.percent)(share));
        let usual = point.usual_tweets.map(|usual| (words.whole)(usual.round() as u64));
        view! {
            <tr>
                <th scope="row">{clock(point.count.at, range)}</th>
                <td>{(words.whole)(point.count.tweets)}</td>
                <td>{(words.whole)(point.count.negatives)}</td>
                <td>{share}</td>
                <td>{usual}</td>
            </tr>
        }
    };
    view! {
        <details class="course-table">
            <summary>{say.as_table}</summary>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{format!("{} ({})", say.time, say.in_utc)}</th>
                        <th scope="col">{say.tweets}</th>
                        <th scope="col">{say.negatives}</th>
                        <th scope="col">{say.share}</th>
                        <th scope="col">{say.usual}</th>
                    </tr>
                </thead>
                <tbody>{points.into_iter().rev().map(row).collect_view()}</tbody>
            </table>
            <p>
                <a href=data rel="external" download="">
                    {say.as_csv}
                </a>
            </p>
        </details>
    }
    .erase()
}
