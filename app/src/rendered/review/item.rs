//! One text: what the model says, what people said, and what can be said.

use domain::{Label, ReviewItem, Reviewer, Said};
use leptos::prelude::*;

use super::{address::Say, named, say};
use crate::{components::LabelMark, erase::Erase, messages::use_words, moment::Moment};

/// The text with its buttons.
#[component]
pub fn Item(
    /// Where it stands, from 0.
    place: usize,
    /// The text.
    item: ReviewItem,
    /// For whom it is shown.
    reviewer: Reviewer,
) -> AnyView {
    let all_words = use_words();
    let words = say();
    let mine = item.label_by(&reviewer);
    let ReviewItem { id, text, label, confidence, at, log, .. } = item;
    let (key, name) = (id.to_string(), format!("text-{id}"));
    let buttons = Say::ALL.map(|what| button(what, &key, &name, mine));
    // The first one is where the list is entered; the keys lead to the others.
    let tab = if place == 0 { "0" } else { "-1" };
    view! {
        <article class="item" data-key=key.clone() tabindex=tab aria-labelledby=name.clone() aria-posinset=(place + 1).to_string() aria-setsize="-1">
            <input type="checkbox" name="items[]" value=key.clone() aria-label=words.select aria-describedby=name.clone() />
            <p id=name.clone() class="text" dir="auto">
                {text}
            </p>
            <p class="model quiet">
                {words.model_says} " " <LabelMark label /> " "
                <span class="number">{(all_words.percent)(confidence)}</span> " · " <Moment at />
            </p>
            <div class="says">{buttons.collect_view()}</div>
            <Log log />
        </article>
    }
    .erase()
}

fn button(what: Say, key: &str, name: &str, mine: Option<Label>) -> AnyView {
    let is_mine = what.0.is_some() && what.0 == mine;
    view! {
        <button
            class="button"
            name="one"
            value=format!("{} {key}", what.name())
            data-say=what.name()
            aria-describedby=name.to_owned()
            aria-pressed=is_mine.then_some("true")
        >
            {mark(what)}
            <kbd class="scripted" aria-hidden="true">
                {what.key()}
            </kbd>
        </button>
    }
    .erase()
}

/// What a button says.
pub fn mark(what: Say) -> AnyView {
    match what.0 {
        Some(label) => view! { <LabelMark label /> }.erase(),
        None => view! { <span>{say().skip}</span> }.erase(),
    }
}

/// Who said what when.
#[component]
fn Log(
    /// The oldest first.
    log: Vec<Said>,
) -> AnyView {
    if log.is_empty() {
        return ().erase();
    }
    let words = say();
    let count = log.len();
    let line = |said: Said| {
        let what = match (said.label, &said.act) {
            (None, None) => words.withdrawn,
            (label, _) => named(label),
        };
        let undone = said.undone.then_some(words.undone);
        view! {
            <li data-undone=said.undone.then_some("")>
                <span>{format!("{}, {what}", said.reviewer)}</span>
                " · "
                <Moment at=said.at />
                {undone.map(|undone| format!(" · {undone}"))}
            </li>
        }
    };
    view! {
        <details class="log">
            <summary>{(words.log)(count)}</summary>
            <ol>{log.into_iter().map(line).collect_view()}</ol>
        </details>
    }
    .erase()
}
