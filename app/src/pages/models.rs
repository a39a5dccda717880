//! `/models`: how all models compare, which of them give the verdicts, what those were trained on and where
//! they end.

use leptos::prelude::*;
use leptos_meta::{Meta, Title};

use crate::{
    api,
    components::{Contents, KnownLanguages, ModelCard, ModelsCompared, Problem},
    erase::Erase,
    messages::use_words,
    model_sheet::ModelSheet,
};

/// The page.
#[component]
pub fn Models() -> AnyView {
    let words = use_words();
    let compared = OnceResource::new(api::compare_models());
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
                    let (compared, loaded) = (compared.await, loaded.await);
                    let protocols = compared.clone().map(|all| all.protocols).unwrap_or_default();
                    let sheets = loaded.clone().unwrap_or_default();
                    let compared = match compared {
                        Ok(comparison) => view! { <ModelsCompared comparison /> }.erase(),
                        Err(error) => view! { <Problem error /> }.erase(),
                    };
                    let cards = match loaded {
                        Ok(sheets) => view! { <Cards sheets /> }.erase(),
                        Err(error) => view! { <Problem error /> }.erase(),
                    };
                    view! {
                        <Contents protocols sheets />
                        {compared}
                        {cards}
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
