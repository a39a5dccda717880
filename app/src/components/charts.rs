//! Charts that are shown, and loaded, when they are asked for.

use leptos::prelude::*;

use crate::{comparison::Chart, erase::Erase, messages::use_words};

/// The charts under one line that opens them; nothing if there are none.
#[component]
pub fn Charts(
    /// The charts.
    charts: Vec<Chart>,
    /// The line.
    summary: &'static str,
    /// What the charts are about, for those who hear the line alone.
    about: String,
) -> AnyView {
    if charts.is_empty() {
        return ().erase();
    }
    let drawings = charts.into_iter().map(|chart| view! { <Drawing chart /> });
    view! {
        <details class="charts">
            <summary>
                {summary}
                <span class="unseen" lang="en">
                    ": "
                    {about}
                </span>
            </summary>
            {drawings.collect_view()}
        </details>
    }
    .erase()
}

/// One chart, which leads to its file: there it can be enlarged.
#[component]
fn Drawing(
    /// The chart.
    chart: Chart,
) -> AnyView {
    let words = use_words();
    let Chart { kind, title, path, width, height } = chart;
    view! {
        <figure data-chart=kind.clone()>
            <figcaption>{(words.chart_kind)(&kind)}</figcaption>
            // Not a page of ours: the browser has to open it.
            <a href=path.clone() rel="external">
                <img
                    loading="lazy"
                    decoding="async"
                    src=path.clone()
                    width=width
                    height=height
                    alt=title
                    lang="en"
                />
            </a>
        </figure>
    }
    .erase()
}
