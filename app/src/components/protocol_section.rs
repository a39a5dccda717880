//! What the models reach on the rows of one protocol.

use leptos::prelude::*;

use super::{charts::Charts, comparison_table::ComparisonTable, contents::protocol_anchor};
use crate::{comparison::Protocol, erase::Erase, messages::use_words};

/// What the rows are, the figures, the charts.
#[component]
pub fn ProtocolSection(
    /// The protocol.
    protocol: Protocol,
) -> AnyView {
    let words = use_words();
    let id = protocol_anchor(&protocol.name);
    let judged_by = protocol.measures.first().cloned();
    let rivals = protocol.results.len() > 1;
    let standing = rivals.then(|| match &protocol.leader {
        Some(title) => (words.leads)(title),
        None => words.nobody_leads.to_owned(),
    });
    view! {
        <section class="protocol" data-protocol=protocol.name.clone() aria-labelledby=id.clone()>
            <h3 id=id.clone() lang="en">
                {protocol.title.clone()}
            </h3>
            <p lang="en">{protocol.description.clone()}</p>
            <p class="quiet">
                {(words.judged_by)(protocol.rows)} " " <span lang="en">{judged_by}</span> ". "
                {standing}
            </p>
            <ComparisonTable protocol=protocol.clone() labelled_by=id.clone() />
            <Charts charts=protocol.charts summary=words.charts about=protocol.title />
        </section>
    }
    .erase()
}
