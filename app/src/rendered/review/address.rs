//! Where parts of the page are, and the fields of their forms.

use domain::{Label, ReviewFilter};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::super::encoded::encoded;
use crate::erase::Erase;

/// What a button says of texts: a label, or that they are skipped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Say(pub Option<Label>);

impl Say {
    /// All, in the order of their keys 1, 2, 3 and 0.
    pub const ALL: [Self; 4] = [
        Self(Some(Label::Negative)),
        Self(Some(Label::Neutral)),
        Self(Some(Label::Positive)),
        Self(None),
    ];

    /// Its name in a form.
    pub const fn name(self) -> &'static str {
        match self.0 {
            Some(label) => label.as_str(),
            None => "skip",
        }
    }

    /// What a form names.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|say| say.name() == name)
    }

    /// Its key.
    pub const fn key(self) -> &'static str {
        match self.0 {
            Some(Label::Negative) => "1",
            Some(Label::Neutral) => "2",
            Some(Label::Positive) => "3",
            None => "0",
        }
    }
}

/// The filter as a form that changes something carries it along, to lead back to the same texts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FilterFields {
    source: Option<String>,
    order: Option<String>,
    label: Option<String>,
    search: Option<String>,
    seen: Option<String>,
    after: Option<String>,
}

impl FilterFields {
    /// The filter; what means nothing is left out.
    pub fn filter(&self) -> ReviewFilter {
        let get = |name: &str| match name {
            "source" => self.source.clone(),
            "order" => self.order.clone(),
            "label" => self.label.clone(),
            "search" => self.search.clone(),
            "seen" => self.seen.clone(),
            "after" => self.after.clone(),
            _ => None,
        };
        ReviewFilter::parse(get).unwrap_or_default()
    }
}

/// The address of the texts that fit `filter`.
pub fn address(filter: &ReviewFilter) -> String {
    let pair = |(name, value): (&'static str, String)| format!("{name}={}", encoded(&value));
    let pairs: Vec<String> = filter.fields().into_iter().map(pair).collect();
    let mark = if pairs.is_empty() { "" } else { "?" };
    format!("/review{mark}{}", pairs.join("&"))
}

/// The filter in a form that changes something.
pub fn carried(filter: &ReviewFilter) -> AnyView {
    let field = |(name, value): (&'static str, String)| {
        view! { <input type="hidden" name=format!("filter[{name}]") value=value /> }
    };
    filter.fields().into_iter().map(field).collect_view().erase()
}

/// The filter in a form that leads to another address.
pub fn asked(filter: &ReviewFilter) -> AnyView {
    let field = |(name, value): (&'static str, String)| {
        view! { <input type="hidden" name=name value=value /> }
    };
    filter.fields().into_iter().map(field).collect_view().erase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_button_says_is_read_back() {
        for say in Say::ALL {
            assert_eq!(Say::named(say.name()), Some(say));
        }
        assert_eq!(Say::named("angry"), None);
    }

    #[test]
    fn a_filter_is_carried_along_by_a_form() {
        let filter = ReviewFilter {
            label: Some(Label::Neutral),
            search: Some("bag & café".to_owned()),
            seen: true,
            ..ReviewFilter::default()
        };
        assert_eq!(
            address(&filter),
            "/review?label=neutral&search=bag%20%26%20caf%C3%A9&seen=true"
        );
        let fields = FilterFields {
            label: Some("neutral".to_owned()),
            search: filter.search.clone(),
            seen: Some("true".to_owned()),
            ..FilterFields::default()
        };
        assert_eq!(fields.filter(), filter);
        assert_eq!(address(&ReviewFilter::default()), "/review");
    }
}
