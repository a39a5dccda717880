//! How often the radar was right, as far as people have said so.

use engine::Precision;
use leptos::prelude::*;

use super::say;
use crate::erase::Erase;

/// The sentence.
#[component]
pub fn PrecisionLine(
    /// What people have closed.
    precision: Precision,
) -> AnyView {
    let say = say();
    let Precision { closed, real } = precision;
    let sentence = match closed {
        0 => say.nothing_closed.to_owned(),
        closed => (say.precision)(real.count, closed, [real.share, real.low, real.high]),
    };
    view! {
        <p class="precision quiet" data-closed=closed.to_string()>
            {sentence}
        </p>
    }
    .erase()
}
