//! What makes a verdict doubtful, said beside it.

use domain::Prediction;
use leptos::prelude::*;

use crate::messages::use_words;

/// The reasons to take `prediction` with care; nothing if there are none.
#[component]
pub fn Notices(
    /// The verdict.
    prediction: Prediction,
    /// ISO 639-1 codes of the languages that its model knows; nothing is said of languages without.
    languages: Option<Vec<String>>,
) -> impl IntoView {
    let words = use_words();
    let known = prediction.known;
    let few_known = (known < Prediction::FEW_KNOWN).then(|| match known {
        0.0 => words.none_known.to_owned(),
        some => (words.few_known)(some),
    });
    let foreign = prediction
        .language
        .zip(languages)
        .filter(|(code, known)| !known.contains(code))
        .map(|(code, known)| (words.foreign)(&code, &known));
    // What the headline says needs this sentence only where no other gives the cause.
    let is_plain = few_known.is_none() && foreign.is_none();
    let not_sure = (!prediction.sure && is_plain).then(|| words.not_sure.to_owned());
    let notice = |name: &'static str, text: Option<String>| {
        text.map(|text| view! { <p class="notice" data-notice=name>{text}</p> })
    };
    view! {
        {notice("known-words", few_known)}
        {notice("language", foreign)}
        {notice("not-sure", not_sure)}
    }
}
