//! A failure, said where it matters.

use leptos::prelude::*;

use crate::{ApiError, messages::use_words};

/// The sentence that says what to do next; read out at once.
#[component]
pub fn Problem(
    /// What failed.
    error: ApiError,
    /// Names the sentence for the field that it is about.
    #[prop(optional)]
    id: Option<&'static str>,
) -> impl IntoView {
    let words = use_words();
    view! {
        <p id=id class="problem" role="alert">
            {(words.error)(&error)}
        </p>
    }
}
