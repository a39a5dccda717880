//! Which rows are shown: a form whose fields are those of the address.

use domain::{FileId, Label, Reason, RowSort};
use leptos::prelude::*;

use super::{
    super::encoded::encoded,
    layout_form::Choice,
    say,
    view::{Asked, said},
};
use crate::{erase::Erase, messages::use_words};

/// The address of the rows with these fields.
pub fn address(id: FileId, fields: &[(String, String)]) -> String {
    let pairs: Vec<String> =
        fields.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    let mark = if pairs.is_empty() { "" } else { "?" };
    format!("/files/{id}{mark}{}#rows", pairs.join("&"))
}

/// The form.
#[component]
pub fn FilterForm(
    /// The file.
    id: FileId,
    /// What is asked for.
    query: Asked,
    /// Whether its rows have dates.
    has_dates: bool,
) -> AnyView {
    let all_words = use_words();
    let words = say();
    let any = || vec![(String::new(), words.any.to_owned())];
    let named = |value: &str, name: &str| (value.to_owned(), name.to_owned());
    let labels = Label::ALL.map(|label| named(label.as_str(), (all_words.label)(label)));
    let reasons = Reason::ALL.map(|reason| named(reason.as_str(), (all_words.reason_name)(reason)));
    let certainty = [named("true", words.sure), named("false", words.unsure)];
    let sorts = RowSort::ALL.map(|sort| named(sort.as_str(), (words.sort_name)(sort)));
    let of = |name: &str| said(&query, name);
    let dates = has_dates.then(|| {
        view! {
            <Field name="from" kind="date" title=words.from value=of("from") />
            <Field name="until" kind="date" title=words.until value=of("until") />
        }
    });
    view! {
        <form class="filter" method="get" action=format!("/files/{id}#rows")>
            <Field name="search" kind="search" title=words.search value=of("search") />
            <Choice name="label" title=words.label options=[any(), labels.into()].concat() chosen=of("label") />
            <Choice name="reason" title=words.reason options=[any(), reasons.into()].concat() chosen=of("reason") />
            <Choice name="sure" title=words.certainty options=[any(), certainty.into()].concat() chosen=of("sure") />
            {dates}
            <Choice name="sort" title=words.sort options=sorts.into() chosen=of("sort") />
            <button class="button">{words.apply}</button>
        </form>
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
        let fields = [("search".to_owned(), "bag & café".to_owned())];
        let address = address(FileId(Uuid::nil()), &fields);
        assert!(address.ends_with("?search=bag%20%26%20caf%C3%A9#rows"), "{address}");
    }
}
