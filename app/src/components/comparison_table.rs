//! The figures of a protocol: a row a model, then what others published.

use leptos::prelude::*;

use super::{
    contents::card_anchor,
    interval::{Interval, Scale},
};
use crate::{
    comparison::{ComparedModel, ModelResult, Protocol, Published, Reached, Usage},
    erase::Erase,
    messages::use_words,
};

/// The columns beside those of the measures: model, drawing, size, time.
const OTHER_COLUMNS: usize = 4;

/// The table, which is moved sideways where it is wider than the page.
#[component]
pub fn ComparisonTable(
    /// What was reached.
    protocol: Protocol,
    /// The id of its heading.
    labelled_by: String,
) -> AnyView {
    let scale = scale(&protocol);
    let Protocol { title, measures, results, published, .. } = protocol;
    let columns = measures.len() + OTHER_COLUMNS;
    let judged_by = measures.first().cloned().unwrap_or_default();
    let rows = results.into_iter().map(move |result| view! { <ModelRow result scale /> });
    view! {
        <div class="sideways" role="group" tabindex="0" aria-labelledby=labelled_by>
            <table class="compared">
                <caption class="unseen" lang="en">
                    {title}
                </caption>
                <ColumnHeads measures scale />
                <tbody>{rows.collect_view()}</tbody>
                <PublishedRows published judged_by scale columns />
            </table>
        </div>
    }
    .erase()
}

/// What the drawings of a protocol lie on: around all values of what it is judged by.
fn scale(protocol: &Protocol) -> Scale {
    let judged_by = protocol.measures.first();
    let ours = protocol.results.iter().filter_map(|result| *result.figures.first()?);
    let others = protocol.published.iter().filter(|figure| Some(&figure.measure) == judged_by);
    let others = others.map(|figure| figure.value);
    Scale::around(ours.flat_map(|figure| [figure.low, figure.value, figure.high]).chain(others))
}

/// The names of the columns; that of the drawing says where its line begins and ends.
#[component]
fn ColumnHeads(
    /// The measures.
    measures: Vec<String>,
    /// The line.
    scale: Scale,
) -> AnyView {
    let words = use_words();
    let head = |measure: String| {
        view! {
            <th scope="col" class="number" lang="en">
                {measure}
            </th>
        }
        .erase()
    };
    let mut heads = measures.into_iter().map(head);
    view! {
        <thead>
            <tr>
                <th scope="col">{words.model}</th>
                {heads.next()}
                <td class="drawn">
                    <span class="ends" aria-hidden="true">
                        <span>{(words.figure)(scale.from)}</span>
                        <span>{(words.figure)(scale.to)}</span>
                    </span>
                </td>
                {heads.collect_view()}
                <th scope="col" class="number">
                    {words.size}
                </th>
                <th scope="col" class="number">
                    {words.one_tweet}
                </th>
            </tr>
        </thead>
    }
    .erase()
}

/// A model of ours.
#[component]
fn ModelRow(
    /// What it reaches.
    result: ModelResult,
    /// The line of the drawing.
    scale: Scale,
) -> AnyView {
    let words = use_words();
    let ModelResult { model, figures } = result;
    let drawn = figures.first().copied().flatten().map(|figure| {
        let Reached { value, low, high, .. } = figure;
        view! { <Interval value range=Some((low, high)) scale /> }
    });
    let mut cells = figures.into_iter().map(|figure| view! { <FigureCell figure /> });
    view! {
        <tr data-model=model.measured.name.clone() data-version=model.measured.version.clone()>
            <th scope="row">
                <span class="title" lang="en">
                    {model.title.clone()}
                </span>
                <UsageMark model=model.clone() />
            </th>
            {cells.next()}
            <td class="drawn">{drawn}</td>
            {cells.collect_view()}
            <td class="number">{(words.megabytes)(model.bytes)}</td>
            <td class="number">{(words.duration)(model.one_text_us)}</td>
        </tr>
    }
    .erase()
}

/// A figure above its interval.
#[component]
fn FigureCell(
    /// The figure, if there is one.
    figure: Option<Reached>,
) -> AnyView {
    let words = use_words();
    let of = words.figure;
    let shown = figure.map(|Reached { value, low, high, leads }| {
        let value =
            if leads { view! { <strong>{of(value)}</strong> }.erase() } else { of(value).erase() };
        view! {
            {value}
            " "
            <span class="range quiet">{(words.interval)(&of(low), &of(high))}</span>
        }
    });
    view! { <td class="number">{shown}</td> }.erase()
}

/// Says that a model gives verdicts here, and leads to its card.
#[component]
fn UsageMark(
    /// The model.
    model: ComparedModel,
) -> AnyView {
    let words = use_words();
    let (usage, text) = match model.usage {
        Usage::InUse => ("this", words.in_use),
        Usage::OtherVersion(_) => ("other", words.other_version_in_use),
        Usage::NotInUse => return ().erase(),
    };
    let card = format!("#{}", card_anchor(&model.measured.name));
    view! {
        <a class="usage" data-usage=usage href=card rel="external">
            {text}
        </a>
    }
    .erase()
}

/// What others published, apart from the models of ours; nothing if there is nothing.
#[component]
fn PublishedRows(
    /// The figures.
    published: Vec<Published>,
    /// What the protocol is judged by.
    judged_by: String,
    /// The line of the drawing.
    scale: Scale,
    /// How many columns the table has.
    columns: usize,
) -> AnyView {
    if published.is_empty() {
        return ().erase();
    }
    let words = use_words();
    let row = move |figure: Published| {
        let Published { model, measure, value, source, note } = figure;
        let is_judged_by = measure == judged_by;
        let drawn = is_judged_by.then(|| view! { <Interval value range=None scale /> });
        // A figure that has no column of its own here brings its name.
        let measure = (!is_judged_by).then(|| view! { <span lang="en">{measure} " "</span> });
        let note = if note.is_empty() { source } else { format!("{source}: {note}") };
        view! {
            <tr>
                <th scope="row" lang="en">
                    {model}
                </th>
                <td class="number">{measure} {(words.figure)(value)}</td>
                <td class="drawn">{drawn}</td>
                <td class="note" colspan=columns - 3 lang="en">
                    {note}
                </td>
            </tr>
        }
        .erase()
    };
    view! {
        <tbody class="published">
            <tr>
                <th scope="rowgroup" colspan=columns>
                    <span>{words.published}</span>
                </th>
            </tr>
            {published.into_iter().map(row).collect_view()}
        </tbody>
    }
    .erase()
}
