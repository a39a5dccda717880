//! How often the watch would have fired with another threshold.

use domain::WatchId;
use engine::WhatIf;
use leptos::prelude::*;

use super::{lookout::Range, say};
use crate::{ApiError, components::Problem, erase::Erase, messages::use_words};

/// Thresholds that can be asked about, in nats; the radar's own is 6.
const THRESHOLDS: [u32; 7] = [3, 4, 8, 10, 15, 20, 30];

/// What came of a question: nothing can, where there are no tweets.
pub type Asked = Result<Option<WhatIf>, ApiError>;

/// The question, and its answer if it was asked.
#[component]
pub fn WhatIfForm(
    /// Of which watch.
    watch: WatchId,
    /// How much time the page shows.
    range: Range,
    /// What came of it.
    asked: Option<Asked>,
) -> AnyView {
    let say = say();
    let words = use_words();
    let is_open = asked.is_some();
    let chosen = match &asked {
        Some(Ok(Some(answer))) => answer.threshold,
        _ => 8.0,
    };
    let answer = asked.map(|asked| match asked {
        Ok(Some(answer)) => view! {
            <p class="what-if-answer" role="status" data-fired=answer.fired.to_string()>
                {(say.what_if_answer)(&answer, &(words.whole)(answer.tweets))}
            </p>
        }
        .erase(),
        Ok(None) => view! { <p class="quiet">{say.nothing_came}</p> }.erase(),
        Err(error) => view! { <Problem error /> }.erase(),
    });
    let option = |threshold: u32| {
        let selected = f64::from(threshold) == chosen;
        view! {
            <option value=threshold.to_string() selected=selected>
                {threshold.to_string()}
            </option>
        }
    };
    view! {
        <details class="what-if" open=is_open>
            <summary>{say.what_if}</summary>
            <p>{say.what_if_hint}</p>
            <form class="step-field" method="get" action="/watch">
                <input type="hidden" name="watch" value=watch.to_string() />
                <input type="hidden" name="range" value=range.name() />
                <label>
                    <span>{say.threshold}</span>
                    <select name="threshold">{THRESHOLDS.map(option).collect_view()}</select>
                </label>
                <button class="button" type="submit" data-do="what-if">
                    {say.ask}
                </button>
            </form>
            {answer}
        </details>
    }
    .erase()
}
