//! Which texts are shown: a form whose fields are those of the address.

use domain::{Label, ReviewFilter, ReviewOrder, ReviewSource, Watch};
use leptos::prelude::*;

use super::{
    super::files::Choice,
    address::{Say, asked},
    say,
};
use crate::{erase::Erase, messages::use_words};

/// The form, and the one that asks to label all that it shows.
#[component]
pub fn FilterForm(
    /// What is asked for.
    filter: ReviewFilter,
    /// Where texts may come from.
    watches: Vec<Watch>,
) -> AnyView {
    let words = use_words();
    let say = say();
    let named = |value: &str, name: &str| (value.to_owned(), name.to_owned());
    let of = |watch: Watch| (watch.id.to_string(), watch.name.to_string());
    let analyses = vec![named("analyses", say.analyses)];
    let sources = [analyses, watches.into_iter().map(of).collect()].concat();
    let source = match filter.source {
        ReviewSource::Analyses => "analyses".to_owned(),
        ReviewSource::Watch(id) => id.to_string(),
    };
    let orders = ReviewOrder::ALL.map(|order| named(order.as_str(), (say.order_name)(order)));
    let labels = Label::ALL.map(|label| named(label.as_str(), (words.label)(label)));
    let label = filter.label.map(|label| label.to_string()).unwrap_or_default();
    view! {
        <form class="filter" method="get" action="/review">
            <Choice name="source" title=say.source options=sources chosen=source />
            <Choice name="order" title=say.order options=orders.into() chosen=filter.order.as_str().to_owned() />
            <Choice name="label" title=say.verdict options=[vec![named("", say.any)], labels.into()].concat() chosen=label />
            <label>
                <span>{say.search}</span>
                <input type="search" name="search" value=filter.search.clone() autocomplete="off" />
            </label>
            <label class="tick">
                <input type="checkbox" name="seen" value="true" checked=filter.seen />
                <span>{say.seen_too}</span>
            </label>
            <button class="button">{say.show}</button>
        </form>
        <Whole filter />
    }
    .erase()
}

/// Asks to label all that the filter shows.
#[component]
fn Whole(
    /// What is asked for.
    filter: ReviewFilter,
) -> AnyView {
    let say = say();
    let whole = ReviewFilter { after: None, ..filter };
    let button = |what: Say| {
        view! {
            <button class="button" name="apply" value=what.name()>
                {super::item::mark(what)}
            </button>
        }
    };
    view! {
        <details class="whole">
            <summary>{say.whole}</summary>
            <form method="get" action="/review">
                {asked(&whole)}
                <p class="quiet">{say.whole_hint}</p>
                <div class="buttons">{Say::ALL.map(button).collect_view()}</div>
            </form>
        </details>
    }
    .erase()
}
