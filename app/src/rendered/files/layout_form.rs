//! How a file is understood: its first rows, and what can be corrected.

use domain::{FileEncoding, FileForm, FileId, FileLayout, FilePreview};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{api::ReadFile, say};
use crate::erase::Erase;

/// The form and the preview.
#[component]
pub fn LayoutForm(
    /// The file.
    id: FileId,
    /// Its beginning.
    preview: FilePreview,
    /// What the button says that has it read.
    action: &'static str,
) -> AnyView {
    let words = say();
    let FilePreview { layout, rows, sampled, unreadable, problem } = preview;
    let can_be_read = !layout.columns.is_empty();
    let problem = problem.map(|problem| {
        view! {
            <p class="problem" role="alert">
                {(words.problem)(problem)}
            </p>
        }
    });
    view! {
        <form class="layout" method="post" action=ReadFile::url()>
            <input type="hidden" name="id" value=id.to_string() />
            <Choices layout=layout.clone() />
            <div class="buttons">
                <button
                    class="button"
                    formmethod="get"
                    formaction=format!("/files/{id}")
                    formnovalidate
                >
                    {words.preview_again}
                </button>
                <button class="button primary" disabled=!can_be_read>
                    {action}
                </button>
            </div>
        </form>
        {problem}
        <p class="quiet">{(words.sampled)(unreadable, sampled)}</p>
        <Beginning layout rows />
    }
    .erase()
}

/// One choice a property of the layout.
#[component]
fn Choices(
    /// What is chosen.
    layout: FileLayout,
) -> AnyView {
    let words = say();
    let named = |columns: &[String]| {
        let name = |(place, name): (usize, &String)| (place.to_string(), name.clone());
        columns.iter().enumerate().map(name).collect::<Vec<_>>()
    };
    let columns = named(&layout.columns);
    let forms =
        FileForm::ALL.map(|form| (form.as_str().to_owned(), (words.form_name)(form).to_owned()));
    let encodings = FileEncoding::ALL
        .map(|one| (one.as_str().to_owned(), (words.encoding_name)(one).to_owned()));
    let yes_or_no = |yes: &str, no: &str| {
        vec![("true".to_owned(), yes.to_owned()), ("false".to_owned(), no.to_owned())]
    };
    let none = |value: &str, name: &str| vec![(value.to_owned(), name.to_owned())];
    let texts = [none("", words.choose_column), columns.clone()].concat();
    let dates = [none("none", words.no_dates), columns].concat();
    let text_column = layout.text_column.map(|column| column.to_string()).unwrap_or_default();
    let date_column = layout.date_column.map_or("none".to_owned(), |column| column.to_string());
    let (header, day_first) = (layout.header.to_string(), layout.day_first.to_string());
    view! {
        <Choice name="text_column" title=words.text_column options=texts chosen=text_column required=true />
        <Choice name="date_column" title=words.date_column options=dates chosen=date_column />
        <Choice name="day_first" title=words.date_order options=yes_or_no(words.day_first, words.month_first) chosen=day_first />
        <Choice name="form" title=words.form options=forms.into() chosen=layout.form.as_str().to_owned() />
        <Choice name="encoding" title=words.encoding options=encodings.into() chosen=layout.encoding.as_str().to_owned() />
        <Choice name="header" title=words.header options=yes_or_no(words.yes, words.no) chosen=header />
    }
    .erase()
}

/// A list to choose from.
#[component]
pub fn Choice(
    /// The field.
    name: &'static str,
    /// What is chosen.
    title: &'static str,
    /// Values and what they are called.
    options: Vec<(String, String)>,
    /// The value that is chosen.
    chosen: String,
    /// Whether a choice has to be made.
    #[prop(optional)]
    required: bool,
) -> AnyView {
    let option = |(value, shown): (String, String)| {
        let is_chosen = value == chosen;
        view! {
            <option value=value selected=is_chosen>
                {shown}
            </option>
        }
    };
    view! {
        <label>
            <span>{title}</span>
            <select name=name required=required>
                {options.into_iter().map(option).collect_view()}
            </select>
        </label>
    }
    .erase()
}

/// The first rows; the columns that are read stand out.
#[component]
fn Beginning(
    /// The layout.
    layout: FileLayout,
    /// The rows.
    rows: Vec<Vec<String>>,
) -> AnyView {
    let words = say();
    let role = move |column: usize| {
        if layout.text_column == Some(column) {
            Some("text")
        } else {
            (layout.date_column == Some(column)).then_some("date")
        }
    };
    let names = layout.columns.into_iter().enumerate();
    let names = names.map(|(column, name)| {
        let title = match role(column) {
            Some("text") => Some(words.text_column),
            Some(_) => Some(words.date_column),
            None => None,
        };
        view! {
            <th scope="col" data-role=role(column) dir="auto">
                {name}
                {title.map(|title| view! { <span class="role">{title}</span> })}
            </th>
        }
    });
    let cells = |row: Vec<String>| {
        let cell = |(column, cell)| view! { <td data-role=role(column) dir="auto">{cell}</td> };
        view! { <tr>{row.into_iter().enumerate().map(cell).collect_view()}</tr> }
    };
    view! {
        <div class="sideways" tabindex="0" role="region" aria-label=words.rows>
            <table class="beginning">
                <thead>
                    <tr>{names.collect_view()}</tr>
                </thead>
                <tbody>{rows.into_iter().map(cells).collect_view()}</tbody>
            </table>
        </div>
    }
    .erase()
}
