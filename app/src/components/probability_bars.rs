//! The probabilities of the three labels, as bars with their names and numbers beside them.

use domain::{Label, Probabilities};
use leptos::prelude::*;

use super::LabelMark;
use crate::{erase::Erase, messages::use_words};

/// One bar a label, in the order of the scale.
#[component]
pub fn ProbabilityBars(
    /// The calibrated probabilities.
    probabilities: Probabilities,
) -> AnyView {
    let words = use_words();
    let bar = move |label: Label| {
        let share = probabilities.of(label);
        let hundredths = (share * 10_000.0).round() as u32;
        let width = format!("{}.{:02}%", hundredths / 100, hundredths % 100);
        // A width instead of a style: the page allows no inline styles.
        view! {
            <li data-label=label.as_str() data-hundredths=hundredths>
                <LabelMark label />
                <svg class="bar" width="100%" height="12" aria-hidden="true" focusable="false">
                    <rect class="track" width="100%" height="12" />
                    <rect class="value" width=width height="12" />
                </svg>
                <span class="number">{(words.percent)(share)}</span>
            </li>
        }
    };
    view! {
        <ul class="bars" aria-label=words.probabilities>
            {Label::ALL.map(bar)}
        </ul>
    }
    .erase()
}
