//! `/models`: which models give the verdicts, what they were trained on and what they reach.

use leptos::{either::Either, prelude::*};
use leptos_meta::{Meta, Title};

use crate::{
    api,
    components::{KnownLanguages, ModelCard, Problem},
    erase::Erase,
    messages::use_words,
    model_sheet::ModelSheet,
};

/// The page.
#[component]
pub fn Models() -> AnyView {
    let words = use_words();
    let loaded = OnceResource::new(api::list_models());
    view! {
        <Title text=format!("{} · Vigie", words.page_models) />
        <Meta name="description" content=words.models_promise />
        <main id="content" class="page models" data-page="models">
            <h1>{words.models_title}</h1>
            <p>{words.models_promise}</p>
            <KnownLanguages />
            <Transition>
                {move || Suspend::new(async move {
                    match loaded.await {
                        Ok(sheets) => Either::Left(view! { <Cards sheets /> }),
                        Err(error) => Either::Right(view! { <Problem error /> }),
                    }
                })}
            </Transition>
        </main>
    }
    .erase()
}

/// One card a model.
#[component]
fn Cards(
    /// The models, the default first.
    sheets: Vec<ModelSheet>,
) -> AnyView {
    let card = |(place, sheet): (usize, ModelSheet)| {
        let is_default = place == 0;
        view! { <ModelCard sheet is_default /> }
    };
    sheets.into_iter().enumerate().map(card).collect_view().erase()
}
