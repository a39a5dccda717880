//! A label as the page shows it everywhere: sign, word, colour; never the colour alone.

use domain::Label;
use leptos::prelude::*;

use super::icons::Sign;
use crate::{erase::Erase, messages::use_words};

/// The sign and the word of a label.
#[component]
pub fn LabelMark(
    /// The label.
    label: Label,
) -> AnyView {
    let words = use_words();
    view! {
        <span class="label-mark" data-label=label.as_str()>
            <Sign label />
            <span>{(words.label)(label)}</span>
        </span>
    }
    .erase()
}
