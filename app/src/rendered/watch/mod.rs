//! `/watch`: what is watched, how it goes, and bad buzz with what is done about it.
//!
//! The address says which watch is looked at and for how long (`?watch=ID&range=week`), and perhaps which stretch of that (`from`, `to`).

mod api;
mod board;
mod course_chart;
mod course_marks;
mod course_table;
mod incident_card;
mod incident_file;
mod looking;
mod lookout;
mod new_watch;
mod picker;
mod precision_line;
mod rules_form;
mod ruling;
mod source_list;
mod steps;
mod stretch_form;
mod what_if;
mod words;

use domain::{Span, WatchId};
use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::use_query_map;

use crate::{
    ApiError, components::Problem, erase::Erase, messages::use_words, preferences::Language, reader,
};
use board::Board;
use lookout::{Lookout, Range};
use new_watch::NoWatch;
use picker::Picker;
use source_list::SourceList;
use words::WatchWords;

/// Where its news come from.
const NEWS: &str = "/api/v1/incidents/news";

/// The page.
pub fn watch() -> AnyView {
    let words = use_words();
    let say = say();
    let query = use_query_map();
    let refusal = reader::refusal().map(|refusal| view! { <Problem error=refusal.error /> });
    let named = query.with_untracked(|query| query.get("watch"));
    let range = query.with_untracked(|query| query.get_str("range").map(Range::named));
    let range = range.unwrap_or_default();
    let threshold = query.with_untracked(|query| query.get_str("threshold")?.parse().ok());
    let stretch = query
        .with_untracked(|query| stretch_form::named(query.get_str("from"), query.get_str("to")));
    // An answer that takes seconds to make stays as it is, whatever happens meanwhile.
    let news = threshold.is_none().then_some(NEWS);
    let seen = Suspend::new(async move {
        match look(named, range, stretch, threshold).await {
            Ok(lookout) => seen(lookout, range),
            Err(error) => {
                if error == ApiError::UnknownWatch {
                    reader::page_not_found();
                }
                view! { <Problem error /> }.erase()
            }
        }
    });
    view! {
        <Title text=format!("{} · Vigie", words.page_watch) />
        <Meta name="description" content=say.promise />
        <main id="content" class="page watch" data-page="watch" data-news=news>
            <div class="lead">
                <h1>{say.title}</h1>
                <p>{say.promise}</p>
                <p>
                    <a rel="external" href="/watch/channels">
                        {say.channels}
                    </a>
                </p>
                {refusal}
            </div>
            {seen}
            <script type="module" src="/live.js"></script>
        </main>
    }
    .erase()
}

async fn look(
    named: Option<String>,
    range: Range,
    stretch: Option<Span>,
    threshold: Option<f64>,
) -> Result<Lookout, ApiError> {
    let id = named.map(|id| id.parse::<WatchId>()).transpose();
    looking::lookout(id.map_err(|_| ApiError::UnknownWatch)?, range, stretch, threshold).await
}

fn seen(lookout: Lookout, range: Range) -> AnyView {
    let Lookout { watches, view, sources, now } = lookout;
    let sources = view! { <SourceList sources /> };
    let Some(shown) = view else { return view! { <NoWatch />{sources} }.erase() };
    view! {
        <Picker watches shown=shown.watch.id range />
        <Board shown range now />
        {sources}
    }
    .erase()
}

/// What the page says, in the reader's language.
fn say() -> &'static WatchWords {
    match reader::preferences().language {
        Language::English => &words::ENGLISH,
        Language::French => &words::FRENCH,
    }
}
