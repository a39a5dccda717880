//! What came of review: how far people agree, and rows to learn from.

use domain::{Agreement, Kappa};
use leptos::prelude::*;

use super::say;
use crate::{erase::Erase, messages::use_words};

/// How a recipe of `vigie-train` names the export.
const RECIPE: &str =
    "[[source]]\nname = \"review\"\nfile = \"review.tsv\"\nkind = \"human\"\nvalidation = 0.1";

/// Exports with the share of reviewers that must agree.
const SHARES: [f64; 3] = [1.0, 0.66, 0.0];

/// Both.
#[component]
pub fn Outcome(
    /// Reviewers by name.
    pairs: Vec<Agreement>,
) -> AnyView {
    let words = say();
    let none = pairs.is_empty().then(|| view! { <p>{words.no_pairs}</p> });
    let table = (!pairs.is_empty()).then(|| view! { <Pairs pairs /> });
    let link = |(share, name): (f64, &'static str)| {
        view! {
            <li>
                <a rel="external" href=format!("/api/v1/review/export?share={share}") download="review.tsv">
                    {name}
                </a>
            </li>
        }
    };
    let links = SHARES.into_iter().zip(words.share_names).map(link).collect_view();
    view! {
        <section class="agreement" aria-labelledby="agreement-title">
            <h2 id="agreement-title">{words.agreement}</h2>
            <p>{words.kappa_hint}</p>
            {none}
            {table}
        </section>
        <section class="export" aria-labelledby="export-title">
            <h2 id="export-title">{words.export}</h2>
            <p>{words.export_hint}</p>
            <ul>{links}</ul>
            <p class="quiet">{words.recipe_hint}</p>
            <pre class="sample">{RECIPE}</pre>
        </section>
    }
    .erase()
}

/// Each two reviewers.
#[component]
fn Pairs(
    /// Reviewers by name.
    pairs: Vec<Agreement>,
) -> AnyView {
    let all_words = use_words();
    let words = say();
    let row = |pair: Agreement| {
        let kappa = match pair.kappa {
            Some(Kappa { value, low, high }) => (words.kappa_with_interval)(value, low, high),
            None if pair.texts < Kappa::LEAST_TEXTS => (words.too_few)(Kappa::LEAST_TEXTS),
            None => words.one_label.to_owned(),
        };
        view! {
            <tr>
                <th scope="row">{format!("{} · {}", pair.first, pair.second)}</th>
                <td class="number">{(all_words.whole)(pair.texts)}</td>
                <td class="number">{(all_words.percent)(pair.same.share as f32)}</td>
                <td>{kappa}</td>
            </tr>
        }
    };
    view! {
        <table class="pairs">
            <thead>
                <tr>
                    <th scope="col">{words.reviewers}</th>
                    <th scope="col" class="number">{words.texts}</th>
                    <th scope="col" class="number">{words.same}</th>
                    <th scope="col">"κ"</th>
                </tr>
            </thead>
            <tbody>{pairs.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
    .erase()
}
