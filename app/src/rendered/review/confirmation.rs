//! How many texts are about to be labelled at once.

use domain::ReviewFilter;
use engine::Reviewable;
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    address::{Say, address, carried},
    api::LabelAll,
    named, say as said,
};
use crate::erase::Erase;

/// The question, with its number.
#[component]
pub fn Confirmation(
    /// What is to be said of them.
    say: Say,
    /// The texts.
    found: Reviewable,
    /// Which they are.
    filter: ReviewFilter,
) -> AnyView {
    let words = said();
    let count = found.items.len();
    let more = found.more.then(|| view! { <p>{(words.only_first)(count)}</p> });
    let yes = (count > 0).then(|| {
        view! {
            <button class="button primary" type="submit">
                {(words.confirm)(count, named(say.0))}
            </button>
        }
    });
    view! {
        <section class="confirm" aria-labelledby="confirm-title">
            <h2 id="confirm-title">{(words.ask)(count, say.0.map(|label| named(Some(label))))}</h2>
            {more}
            <p class="quiet">{words.can_be_undone}</p>
            <form class="buttons" method="post" action=LabelAll::url()>
                {carried(&filter)}
                <input type="hidden" name="say" value=say.name() />
                <input type="hidden" name="count" value=count.to_string() />
                {yes}
                <a class="button" rel="external" href=address(&filter)>
                    {words.cancel}
                </a>
            </form>
        </section>
    }
    .erase()
}
