//! What is on the page, as links to it.

use leptos::prelude::*;

use crate::{comparison::Protocol, erase::Erase, messages::use_words, model_sheet::ModelSheet};

/// The address of a protocol within the page, without its mark.
pub fn protocol_anchor(name: &str) -> String {
    format!("protocol-{name}")
}

/// The address of a model's card within the page, without its mark.
pub fn card_anchor(name: &str) -> String {
    format!("model-{name}")
}

/// Links to the protocols of the comparison and to the cards.
#[component]
pub fn Contents(
    /// What was measured.
    protocols: Vec<Protocol>,
    /// The models in use.
    sheets: Vec<ModelSheet>,
) -> AnyView {
    let words = use_words();
    let protocols = protocols.into_iter().map(|of| (protocol_anchor(&of.name), of.title));
    let cards = sheets.into_iter().map(|sheet| (card_anchor(&sheet.id.name), sheet.id.name));
    view! {
        <nav class="contents" aria-label=words.on_this_page>
            <dl>
                <Links title=words.comparison_title links=protocols.collect() />
                <Links title=words.cards_title links=cards.collect() />
            </dl>
        </nav>
    }
    .erase()
}

/// One kind of them; nothing if there are none.
#[component]
fn Links(
    /// What they have in common.
    title: &'static str,
    /// Address and words of each.
    links: Vec<(String, String)>,
) -> AnyView {
    if links.is_empty() {
        return ().erase();
    }
    let link = |(anchor, text)| {
        view! {
            <dd>
                <a href=format!("#{anchor}") rel="external" lang="en">
                    {text}
                </a>
            </dd>
        }
    };
    view! {
        <div>
            <dt>{title}</dt>
            {links.into_iter().map(link).collect_view()}
        </div>
    }
    .erase()
}
