//! Which rows are shown: a form whose fields are those of the address.

use domain::{FileId, Label, Reason, RowQuery, RowSort};
use leptos::prelude::*;
use leptos_router::components::Form;

use super::layout_form::Choice;
use crate::{erase::Erase, messages::use_words};

/// The address of the rows with these fields.
pub fn address(id: FileId, fields: &[(&'static str, String)]) -> String {
    let pairs: Vec<String> =
        fields.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    let mark = if pairs.is_empty() { "" } else { "?" };
    format!("/files/{id}{mark}{}#rows", pairs.join("&"))
}

/// `value` as a part of an address.
pub fn encoded(value: &str) -> String {
    let byte = |byte: u8| match byte {
        plain if plain.is_ascii_alphanumeric() || b"-_.~".contains(&plain) => {
            char::from(plain).to_string()
        }
        other => format!("%{other:02X}"),
    };
    value.bytes().map(byte).collect()
}

/// The form.
#[component]
pub fn FilterForm(
    /// The file.
    id: FileId,
    /// What is asked for.
    query: RowQuery,
    /// Whether its rows have dates.
    has_dates: bool,
) -> AnyView {
    let all_words = use_words();
    let words = all_words.files;
    let any = || vec![(String::new(), words.any.to_owned())];
    let named = |value: &str, name: &str| (value.to_owned(), name.to_owned());
    let labels = Label::ALL.map(|label| named(label.as_str(), (all_words.label)(label)));
    let reasons = Reason::ALL.map(|reason| named(reason.as_str(), (all_words.reason_name)(reason)));
    let certainty = [named("true", words.sure), named("false", words.unsure)];
    let sorts = RowSort::ALL.map(|sort| named(sort.as_str(), (words.sort_name)(sort)));
    let label = query.label.map(|label| label.to_string()).unwrap_or_default();
    let reason = query.reason.map(|reason| reason.to_string()).unwrap_or_default();
    let sure = query.sure.map(|sure| sure.to_string()).unwrap_or_default();
    let day = |moment: Option<jiff::Timestamp>| {
        moment
            .map(|moment| moment.to_string().chars().take(10).collect::<String>())
            .unwrap_or_default()
    };
    let last =
        query.until.and_then(|until| until.checked_sub(jiff::SignedDuration::from_secs(1)).ok());
    let dates = has_dates.then(|| {
        view! {
            <Field name="from" kind="date" title=words.from value=day(query.from) />
            <Field name="until" kind="date" title=words.until value=day(last) />
        }
    });
    let search = query.search.clone().unwrap_or_default();
    view! {
        <Form method="GET" action=format!("/files/{id}") attr:class="filter">
            <Field name="search" kind="search" title=words.search value=search />
            <Choice name="label" title=words.label options=[any(), labels.into()].concat() chosen=label />
            <Choice name="reason" title=words.reason options=[any(), reasons.into()].concat() chosen=reason />
            <Choice name="sure" title=words.certainty options=[any(), certainty.into()].concat() chosen=sure />
            {dates}
            <Choice name="sort" title=words.sort options=sorts.into() chosen=query.sort.as_str().to_owned() />
            <button class="button">{words.apply}</button>
        </Form>
    }
    .erase()
}

/// A line to fill in.
#[component]
fn Field(
    /// The field.
    name: &'static str,
    /// What is typed.
    kind: &'static str,
    /// What it is called.
    title: &'static str,
    /// What stands in it.
    value: String,
) -> AnyView {
    view! {
        <label>
            <span>{title}</span>
            <input type=kind name=name value=value autocomplete="off" />
        </label>
    }
    .erase()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn what_is_searched_for_is_no_part_of_the_address_s_grammar() {
        let fields = [("search", "bag & café".to_owned())];
        let address = address(FileId(Uuid::nil()), &fields);
        assert!(address.ends_with("?search=bag%20%26%20caf%C3%A9#rows"), "{address}");
    }
}
