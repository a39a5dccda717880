//! `/review`: people say of many texts what they really feel like, by keyboard and in bulk; how far they agree, and what
//! can be learnt from it.
//!
//! The address says which texts are looked at ([`domain::ReviewFilter`]), `apply=negative` asks before all of them are
//! labelled, and `view=agreement` shows what came of it. Who reviews is kept in a cookie until there are accounts.

mod address;
mod agreement;
mod api;
mod confirmation;
mod filter_form;
mod item;
mod keys;
mod queue;
mod reviewing;
mod who;
mod words;

use domain::{Label, ReviewFilter};
use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::use_query_map;

use crate::{
    ApiError, components::Problem, erase::Erase, messages::use_words, preferences::Language,
    reader, review_trouble::ReviewTrouble,
};
use address::Say;
use agreement::Outcome;
use confirmation::Confirmation;
use filter_form::FilterForm;
use keys::Keys;
use queue::{LastAct, Queue};
use reviewing::Work;
use who::Who;
use words::ReviewWords;

/// The page.
pub fn review() -> AnyView {
    let words = use_words();
    let say = say();
    let query = use_query_map().get_untracked();
    let is_outcome = query.get_str("view") == Some("agreement");
    // What means nothing in an address is left out.
    let filter = ReviewFilter::parse(|name| query.get(name)).unwrap_or_default();
    let apply = query.get_str("apply").and_then(Say::named);
    let refusal = reader::refusal().map(|refusal| view! { <Problem error=refusal.error /> });
    let shown = Suspend::new(async move {
        let shown = match is_outcome {
            true => reviewing::agreements().await.map(|pairs| view! { <Outcome pairs /> }.erase()),
            false => reviewing::work(filter, apply).await.map(work),
        };
        shown.unwrap_or_else(|error| {
            if error == ApiError::UnknownWatch {
                reader::page_not_found();
            }
            view! { <Problem error /> }.erase()
        })
    });
    view! {
        <Title text=format!("{} · Vigie", words.page_review) />
        <Meta name="description" content=say.promise />
        <main id="content" class="page review" data-page="review">
            <div class="lead">
                <h1>{say.title}</h1>
                <p>{say.promise}</p>
                {refusal}
            </div>
            <Views is_outcome />
            {shown}
            <script type="module" src="/review.js"></script>
        </main>
    }
    .erase()
}

/// The queue with all that one can do.
fn work(work: Work) -> AnyView {
    let Work { reviewer, watches, filter, page, act, apply } = work;
    let confirmation =
        apply.map(|(say, found)| view! { <Confirmation say found filter=filter.clone() /> });
    view! {
        <Who reviewer=reviewer.clone() filter=filter.clone() />
        {confirmation}
        <FilterForm filter=filter.clone() watches />
        <LastAct act filter=filter.clone() />
        <Queue page filter reviewer />
        <Keys />
    }
    .erase()
}

/// What there is to see, as links.
#[component]
fn Views(
    /// Whether what came of review is shown.
    is_outcome: bool,
) -> AnyView {
    let say = say();
    let link = |href: &'static str, name: &'static str, is_shown: bool| {
        let current = is_shown.then_some("page");
        view! {
            <li>
                <a rel="external" href=href aria-current=current>
                    {name}
                </a>
            </li>
        }
    };
    view! {
        <nav class="views" aria-label=say.title>
            <ul>
                {link("/review", say.queue, !is_outcome)}
                {link("/review?view=agreement", say.outcome, is_outcome)}
            </ul>
        </nav>
    }
    .erase()
}

/// What is said of review in `language`.
pub fn said_of_review(language: Language, trouble: &ReviewTrouble) -> String {
    (words(language).trouble)(trouble)
}

/// The label's name in a sentence; that of skipping without one.
fn named(label: Option<Label>) -> &'static str {
    let words = use_words();
    label.map_or(say().skipped, |label| (words.label)(label))
}

/// What the page says, in the reader's language.
fn say() -> &'static ReviewWords {
    words(reader::preferences().language)
}

const fn words(language: Language) -> &'static ReviewWords {
    match language {
        Language::English => &words::ENGLISH,
        Language::French => &words::FRENCH,
    }
}
