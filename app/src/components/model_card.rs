//! What a model's bundle says of it.

use leptos::prelude::*;

use super::{FigureTable, LabelMark, contents::card_anchor};
use crate::{
    erase::Erase,
    messages::use_words,
    model_sheet::{DataFile, ModelSheet},
};

/// The card of a model that gives verdicts.
#[component]
pub fn ModelCard(
    /// The model.
    sheet: ModelSheet,
    /// Whether it also reads what no other model is better for.
    is_default: bool,
) -> AnyView {
    let words = use_words();
    let name = sheet.id.name.clone();
    let title = card_anchor(&name);
    let limits = sheet.limits.iter().map(|limit| view! { <li>{limit.clone()}</li> });
    view! {
        <article class="model-card" data-model=name.clone() aria-labelledby=title.clone()>
            <h2 id=title.clone()>
                {name.clone()} " " <span class="version quiet">{sheet.id.version.clone()}</span>
            </h2>
            <p class="role">{(words.reads)(&sheet.languages, is_default)}</p>
            <p lang="en">{sheet.description.clone()}</p>
            <ModelFacts sheet=sheet.clone() />
            <h3>{words.limits}</h3>
            <ul class="limits" lang="en">
                {limits.collect_view()}
            </ul>
            <h3>{words.measured}</h3>
            <FigureTable figures=sheet.figures.clone() caption=format!("{}: {name}", words.measured) />
            <h3>{words.trained_on}</h3>
            <DataTable data=sheet.data.clone() caption=format!("{}: {name}", words.trained_on) />
            <h3>{words.made_by}</h3>
            <pre>
                <code>{sheet.command.clone()}</code>
            </pre>
        </article>
    }
    .erase()
}

/// The short facts.
#[component]
fn ModelFacts(
    /// The model.
    sheet: ModelSheet,
) -> AnyView {
    let words = use_words();
    let day = sheet.created_at.get(..10).unwrap_or_default().to_owned();
    let labels = sheet.labels.iter().map(|&label| view! { <LabelMark label /> " " });
    view! {
        <dl class="facts">
            <div>
                <dt>{words.languages}</dt>
                <dd>{(words.language_list)(&sheet.languages)}</dd>
            </div>
            <div>
                <dt>{words.labels}</dt>
                <dd>{labels.collect_view()}</dd>
            </div>
            <div>
                <dt>{words.size}</dt>
                <dd>{(words.megabytes)(sheet.bytes)}</dd>
            </div>
            <div>
                <dt>{words.made_on}</dt>
                <dd>
                    <time datetime=sheet.created_at.clone()>{day}</time>
                </dd>
            </div>
            <div>
                <dt>{words.seed}</dt>
                <dd>{sheet.seed}</dd>
            </div>
        </dl>
    }
    .erase()
}

/// What it was trained on; a file's SHA-256 is its title.
#[component]
fn DataTable(
    /// The files.
    data: Vec<DataFile>,
    /// What the table is about.
    caption: String,
) -> AnyView {
    let words = use_words();
    let row = move |file: DataFile| {
        view! {
            <tr>
                <th scope="row" title=format!("SHA-256 {}", file.sha256)>
                    {file.name}
                </th>
                <td class="number">{(words.whole)(file.rows)}</td>
            </tr>
        }
        .erase()
    };
    view! {
        <table class="data-files">
            <caption class="unseen">{caption}</caption>
            <thead>
                <tr>
                    <th scope="col">{words.file}</th>
                    <th scope="col" class="number">
                        {words.rows}
                    </th>
                </tr>
            </thead>
            <tbody>{data.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
    .erase()
}
