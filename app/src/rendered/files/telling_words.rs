//! The words that set each label apart; each leads to the rows that hold it.

use domain::{FileId, LabelWords, WordCount};
use leptos::prelude::*;

use super::{filter_form::address, say};
use crate::{components::LabelMark, erase::Erase};

/// The words.
#[component]
pub fn TellingWords(
    /// Of each label.
    words: Vec<LabelWords>,
    /// The file.
    id: FileId,
) -> AnyView {
    let said = say();
    let of_label = move |of: LabelWords| {
        let LabelWords { label, words } = of;
        let word = move |WordCount { word, count }: WordCount| {
            let fields =
                [("label".to_owned(), label.to_string()), ("search".to_owned(), word.clone())];
            view! {
                <li>
                    <a rel="external" href=address(id, &fields)>{word}</a>
                    " "
                    <span class="quiet">{count}</span>
                </li>
            }
        };
        view! {
            <div>
                <h3>
                    <LabelMark label />
                </h3>
                <ul>{words.into_iter().map(word).collect_view()}</ul>
            </div>
        }
    };
    let words: Vec<_> = words.into_iter().filter(|of| !of.words.is_empty()).collect();
    if words.is_empty() {
        return ().erase();
    }
    view! {
        <section class="telling" aria-labelledby="words-title">
            <h2 id="words-title" class="overline">
                {said.words}
            </h2>
            <div class="columns">{words.into_iter().map(of_label).collect_view()}</div>
        </section>
    }
    .erase()
}
