//! A new watch, and what there is to say while there is none.

use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    api::{MakeWatch, ShowDemo},
    say,
};
use crate::erase::Erase;

/// What stands where there is no watch.
#[component]
pub fn NoWatch() -> AnyView {
    let words = say();
    view! {
        <section class="no-watch" aria-labelledby="no-watch-title">
            <h2 id="no-watch-title">{words.empty}</h2>
            <p>{words.empty_hint}</p>
            <NewWatch has_demo=false />
        </section>
    }
    .erase()
}

/// The form.
#[component]
pub fn NewWatch(
    /// Whether the simulated watch is there.
    has_demo: bool,
) -> AnyView {
    let words = say();
    let demo = (!has_demo).then(|| {
        view! {
            <form method="post" action=ShowDemo::url()>
                <button class="button" type="submit" data-do="demo">
                    {words.show_demo}
                </button>
            </form>
        }
    });
    view! {
        <form class="make-watch" method="post" action=MakeWatch::url()>
            <label>
                <span>{words.name}</span>
                <input name="name" required autocomplete="off" />
            </label>
            <label>
                <span>{words.query}</span>
                <input name="query" required autocomplete="off" aria-describedby="query-hint" />
            </label>
            <p id="query-hint" class="quiet">
                {words.query_hint}
            </p>
            <button class="button primary" type="submit">
                {words.make}
            </button>
        </form>
        {demo}
    }
    .erase()
}
