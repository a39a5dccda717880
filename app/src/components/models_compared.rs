//! The comparison of all models.

use leptos::prelude::*;

use super::{charts::Charts, protocol_section::ProtocolSection};
use crate::{
    comparison::{ComparedModel, Comparison, Usage},
    erase::Erase,
    messages::use_words,
};

/// One section a protocol, then what belongs to no protocol.
#[component]
pub fn ModelsCompared(
    /// The models beside each other.
    comparison: Comparison,
) -> AnyView {
    let words = use_words();
    let Comparison { protocols, models, learning_curves, missing } = comparison;
    let notices = models.iter().filter_map(|model| other_version(words.of_other_version, model));
    let sections = protocols.into_iter().map(|protocol| view! { <ProtocolSection protocol /> });
    let missing = (!missing.is_empty()).then(|| {
        view! { <p class="without-results quiet">{(words.without_results)(&missing)}</p> }
    });
    view! {
        <section class="comparison" aria-labelledby="comparison">
            <h2 id="comparison">{words.comparison_title}</h2>
            <p>{words.comparison_promise}</p>
            {notices.collect_view()}
            {sections.collect_view()}
            <Charts
                charts=learning_curves
                summary=words.learning_curves
                about="each training".to_owned()
            />
            {missing}
        </section>
    }
    .erase()
}

/// Warns that the figures are not of the version in use.
fn other_version(
    sentence: fn(&ComparedModel, &str) -> String,
    model: &ComparedModel,
) -> Option<AnyView> {
    let Usage::OtherVersion(version) = &model.usage else { return None };
    let name = model.measured.name.clone();
    let said = sentence(model, version);
    Some(view! { <p class="notice" data-other-version=name>{said}</p> }.erase())
}
