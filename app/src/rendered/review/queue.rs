//! The texts, what can be said of those that are selected, and what was done last.

use domain::{ReviewAct, ReviewFilter, Reviewer};
use engine::ReviewPage;
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    address::{Say, address, carried},
    api::{LabelItems, UndoAct},
    item::{Item, mark},
    named, say,
};
use crate::{erase::Erase, moment::Moment};

/// What an undo takes back.
#[component]
pub fn LastAct(
    /// The act.
    act: Option<ReviewAct>,
    /// Which texts are shown.
    filter: ReviewFilter,
) -> AnyView {
    let words = say();
    let undo = act.clone().map(|act| {
        view! {
            <form class="undo" method="post" action=UndoAct::url()>
                {carried(&filter)}
                <input type="hidden" name="act" value=act.id.to_string() />
                <button class="button" type="submit">
                    {words.undo}
                    <kbd class="scripted" aria-hidden="true">
                        "U"
                    </kbd>
                </button>
            </form>
        }
    });
    let done = act.map(
        |act| view! { {(words.done)(act.items, named(act.label))} " · " <Moment at=act.at /> },
    );
    view! {
        <div class="last-act" data-undo=UndoAct::url()>
            <p role="status">{done}</p>
            {undo}
        </div>
    }
    .erase()
}

/// The texts in one form, so that those that are ticked are labelled together.
#[component]
pub fn Queue(
    /// What is shown.
    page: ReviewPage,
    /// Which texts these are.
    filter: ReviewFilter,
    /// For whom.
    reviewer: Reviewer,
) -> AnyView {
    let words = say();
    let ReviewPage { items, next } = page;
    let is_empty = items.is_empty();
    let none = match (is_empty, next) {
        (false, _) => None,
        (true, None) => Some(words.empty),
        (true, Some(_)) => Some(words.none_yet),
    };
    let next = next.map(|next| address(&ReviewFilter { after: Some(next), ..filter.clone() }));
    let next = next.map(|next| {
        view! { <a class="button" rel="next external" href=next>{words.next}</a> }
    });
    let first = filter.after.is_some().then(|| {
        let first = address(&ReviewFilter { after: None, ..filter.clone() });
        view! { <a class="button" rel="first external" href=first>{words.first}</a> }
    });
    let rows = items.into_iter().enumerate();
    let rows = rows.map(|(place, item)| view! { <Item place item reviewer=reviewer.clone() /> });
    let rows = rows.collect_view();
    let form = (!is_empty).then(|| {
        view! {
            <form class="queue-form" method="post" action=LabelItems::url() data-keep="">
                {carried(&filter)}
                <Selected />
                <div class="queue" role="feed" aria-label=words.queue aria-describedby="keys-hint">
                    {rows}
                </div>
            </form>
        }
    });
    view! {
        {none.map(|none| view! { <p class="none">{none}</p> })}
        {form}
        <nav class="buttons" aria-label=words.queue>
            {first}
            {next}
        </nav>
    }
    .erase()
}

/// What can be said of all that is ticked.
#[component]
fn Selected() -> AnyView {
    let words = say();
    let button = |what: Say| {
        view! {
            <button class="button" name="say" value=what.name()>
                {mark(what)}
            </button>
        }
    };
    view! {
        <div class="selected" role="group" aria-label=words.selected>
            <p>
                {words.selected} " "
                <span class="count scripted" role="status"></span>
            </p>
            {Say::ALL.map(button).collect_view()}
            <p id="keys-hint" class="quiet scripted">
                {words.keys_hint}
            </p>
        </div>
    }
    .erase()
}
