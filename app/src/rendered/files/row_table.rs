//! The rows of a file: only those on the page are in the page, whatever the size of the file.

use domain::{FileId, FileRow, FileRows, TableFormat};
use leptos::prelude::*;

use super::{
    super::encoded::encoded,
    answers,
    filter_form::{FilterForm, address},
    say,
    view::Asked,
};
use crate::{
    components::{LabelMark, Problem},
    erase::Erase,
    messages::use_words,
    moment::Moment,
};

/// The filter, the rows and their export.
#[component]
pub fn Rows(
    /// The file.
    id: FileId,
    /// What the address asks for.
    query: Asked,
    /// Whether its rows have dates.
    has_dates: bool,
) -> AnyView {
    let words = say();
    let asked = query.clone();
    let found = Suspend::new(async move {
        let wanted = asked.clone();
        match answers::ask(move |files| answers::rows(files, id, &wanted)).await {
            Ok(rows) => view! { <Table id query=asked rows has_dates /> }.erase(),
            Err(error) => view! { <Problem error /> }.erase(),
        }
    });
    view! {
        <section id="rows" class="rows" aria-labelledby="rows-title">
            <h2 id="rows-title" class="overline">
                {words.rows}
            </h2>
            <FilterForm id query has_dates />
            {found}
        </section>
    }
    .erase()
}

/// What was found.
#[component]
fn Table(
    /// The file.
    id: FileId,
    /// What was asked for.
    query: Asked,
    /// What was found.
    rows: FileRows,
    /// Whether there are dates.
    has_dates: bool,
) -> AnyView {
    let words = say();
    let FileRows { total, rows, next } = rows;
    let is_on = query.iter().any(|(name, _)| name == "after");
    let fields: Asked = query.into_iter().filter(|(name, _)| name != "after").collect();
    let exported = fields.clone();
    let is_filtered = !fields.is_empty();
    let next = next.map(|next| {
        let fields = [fields.clone(), vec![("after".to_owned(), next)]].concat();
        view! { <a class="button" rel="next external" href=address(id, &fields)>{words.next_rows}</a> }
    });
    let first = is_on.then(|| {
        view! { <a class="button" rel="first external" href=address(id, &fields)>{words.first_rows}</a> }
    });
    let clear = is_filtered
        .then(|| view! { " · " <a rel="external" href=address(id, &[])>{words.clear}</a> });
    view! {
        <p class="found" role="status">
            {if total == 0 { words.none_found.to_owned() } else { (words.found)(total) }}
            {clear}
        </p>
        {(total > 0).then(|| view! { <Exports id query=exported /> })}
        {(!rows.is_empty()).then(|| view! { <RowList rows has_dates /> })}
        <nav class="buttons" aria-label=words.rows>
            {first}
            {next}
        </nav>
    }
    .erase()
}

/// Links to the export of exactly these rows.
#[component]
fn Exports(
    /// The file.
    id: FileId,
    /// Which rows.
    query: Asked,
) -> AnyView {
    let words = say();
    let field = |(name, value): &(String, String)| format!("&{name}={}", encoded(value));
    let fields: String = query.iter().map(field).collect();
    let link = move |format: TableFormat| {
        let name = format.as_str();
        let href = format!("/api/v1/files/{id}/export?format={name}{fields}");
        view! {
            <a rel="external" href=href download data-format=name>
                {(words.format_name)(format)}
            </a>
        }
    };
    view! {
        <p class="exports">
            {words.export}
            {TableFormat::ALL.into_iter().map(link).collect_view()}
        </p>
    }
    .erase()
}

/// The rows themselves.
#[component]
fn RowList(
    /// In the order that was asked for.
    rows: Vec<FileRow>,
    /// Whether there are dates.
    has_dates: bool,
) -> AnyView {
    let all_words = use_words();
    let words = say();
    let row = move |row: FileRow| {
        let FileRow { line, text, label, confidence, sure, reason, at } = row;
        let reason = reason.map(|reason| (all_words.reason_name)(reason));
        let doubt = (!sure).then_some(words.unsure);
        let said = [reason, doubt].into_iter().flatten().collect::<Vec<_>>().join(" · ");
        view! {
            <tr>
                <td class="number quiet line">{(all_words.whole)(line)}</td>
                <td class="label">
                    <LabelMark label />
                </td>
                <td class="number">{(all_words.percent)(confidence)}</td>
                <td class="text" dir="auto">{text}</td>
                <td class="quiet said">{said}</td>
                {has_dates.then(|| view! { <td class="quiet date">{at.map(|at| view! { <Moment at /> })}</td> })}
            </tr>
        }
    };
    view! {
        <table class="row-table">
            <caption class="unseen">{words.rows}</caption>
            <thead>
                <tr>
                    <th scope="col" class="number line">{words.line}</th>
                    <th scope="col">{words.label}</th>
                    <th scope="col" class="number">{words.confidence}</th>
                    <th scope="col">{all_words.tweet}</th>
                    <th scope="col" class="said">{words.reason}</th>
                    {has_dates.then(|| view! { <th scope="col" class="date">{words.date}</th> })}
                </tr>
            </thead>
            <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
    .erase()
}
