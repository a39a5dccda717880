//! Which texts are reviewed, and which first.

use crate::{Label, ReviewItem, ReviewItemId, Reviewer, UnknownValue, WatchId, files::Fields};

/// Where texts come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ReviewSource {
    /// Those that were analysed one by one.
    #[default]
    Analyses,
    /// Those that came for a watch.
    Watch(WatchId),
}

/// Which come first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ReviewOrder {
    /// Those that the model is least sure of.
    #[default]
    Uncertain,
    /// Those alone of which people say something else than the model, or than each other; the newest first.
    Disputed,
    /// The newest.
    Newest,
}

impl ReviewOrder {
    /// All, in the order of the page.
    pub const ALL: [Self; 3] = [Self::Uncertain, Self::Disputed, Self::Newest];

    /// Its name in addresses.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Uncertain => "uncertain",
            Self::Disputed => "disputed",
            Self::Newest => "newest",
        }
    }
}

/// Which texts a reviewer is shown, and from where on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReviewFilter {
    /// Where they come from.
    pub source: ReviewSource,
    /// Which come first.
    pub order: ReviewOrder,
    /// Only those that the model labels so.
    pub label: Option<Label>,
    /// Only those with these characters, in any case.
    pub search: Option<String>,
    /// Also those that the reviewer has labelled or skipped.
    pub seen: bool,
    /// Only what comes after this one.
    pub after: Option<ReviewItemId>,
}

impl ReviewFilter {
    /// The names of its fields.
    pub const FIELDS: [&str; 6] = ["source", "order", "label", "search", "seen", "after"];

    /// What the fields of an address say; an empty field is none.
    ///
    /// # Errors
    /// The first field whose value means nothing.
    pub fn parse(get: impl Fn(&str) -> Option<String>) -> Result<Self, UnknownValue> {
        let fields = Fields(get);
        let source = |value: &str| match value {
            "analyses" => Some(ReviewSource::Analyses),
            id => id.parse().ok().map(ReviewSource::Watch),
        };
        let order = |name: &str| ReviewOrder::ALL.into_iter().find(|order| order.as_str() == name);
        Ok(Self {
            source: fields.read("source", source)?.unwrap_or_default(),
            order: fields.read("order", order)?.unwrap_or_default(),
            label: fields.parse("label")?,
            search: fields.text("search"),
            seen: fields.parse("seen")?.unwrap_or_default(),
            after: fields.parse("after")?,
        })
    }

    /// The fields of its address; what goes without saying is left out.
    #[must_use]
    pub fn fields(&self) -> Vec<(&'static str, String)> {
        let source = match self.source {
            ReviewSource::Analyses => None,
            ReviewSource::Watch(id) => Some(id.to_string()),
        };
        let is_usual = self.order == ReviewOrder::default();
        let order = (!is_usual).then(|| self.order.as_str().to_owned());
        let label = self.label.map(|label| label.to_string());
        let seen = self.seen.then(|| "true".to_owned());
        let after = self.after.map(|id| id.to_string());
        let values = [source, order, label, self.search.clone(), seen, after];
        let named = Self::FIELDS.into_iter().zip(values);
        named.filter_map(|(name, value)| Some((name, value?))).collect()
    }

    /// Whether `reviewer` is to be shown `item`, which is of the source.
    #[must_use]
    pub fn fits(&self, item: &ReviewItem, reviewer: &Reviewer) -> bool {
        let Some(text) = &item.text else { return false };
        let is_there =
            |search: &String| text.to_lowercase().contains(&search.trim().to_lowercase());
        self.label.is_none_or(|label| label == item.label)
            && (self.order != ReviewOrder::Disputed || item.is_disputed())
            && (self.seen || !item.is_seen_by(reviewer))
            && self.search.as_ref().is_none_or(is_there)
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use uuid::Uuid;

    use super::*;
    use crate::{ReviewActId, Said};

    fn read(fields: &[(&'static str, String)]) -> Result<ReviewFilter, UnknownValue> {
        ReviewFilter::parse(|name| {
            let found = fields.iter().find(|(field, _)| *field == name);
            found.map(|(_, value)| value.clone())
        })
    }

    #[test]
    fn a_filter_is_read_back_from_its_address() {
        let full = ReviewFilter {
            source: ReviewSource::Watch(WatchId(Uuid::from_u128(7))),
            order: ReviewOrder::Disputed,
            label: Some(Label::Neutral),
            search: Some("bag & café".to_owned()),
            seen: true,
            after: Some(ReviewItemId::Tweet(9)),
        };
        assert_eq!(full.fields().len(), ReviewFilter::FIELDS.len());
        for filter in [full, ReviewFilter::default()] {
            assert_eq!(read(&filter.fields()), Ok(filter));
        }
    }

    #[test]
    fn a_field_that_means_nothing_is_named() {
        for field in ["source", "order", "label", "seen", "after"] {
            let error = read(&[(field, "?".to_owned())]).unwrap_err().to_string();
            assert!(error.contains(field), "{error}");
        }
    }

    #[test]
    fn each_condition_keeps_something_out() {
        let ann = Reviewer::parse("ann").unwrap();
        let item = ReviewItem {
            id: ReviewItemId::Tweet(1),
            watch_id: None,
            text: Some("Où est ma VALISE ÉGARÉE".to_owned()),
            label: Label::Negative,
            confidence: 0.4,
            at: Timestamp::UNIX_EPOCH,
            log: vec![Said {
                reviewer: ann.clone(),
                label: Some(Label::Neutral),
                at: Timestamp::UNIX_EPOCH,
                act: Some(ReviewActId(Uuid::nil())),
                undone: false,
            }],
        };
        let all = ReviewFilter { seen: true, ..ReviewFilter::default() };
        assert!(all.fits(&item, &ann));
        assert!(!ReviewFilter::default().fits(&item, &ann));
        assert!(ReviewFilter::default().fits(&item, &Reviewer::local()));
        let search = |words: &str| ReviewFilter { search: Some(words.to_owned()), ..all.clone() };
        assert!(search("valise égarée ").fits(&item, &ann));
        assert!(!search("bagage").fits(&item, &ann));
        let of = |label| ReviewFilter { label: Some(label), ..all.clone() };
        assert!(of(Label::Negative).fits(&item, &ann) && !of(Label::Neutral).fits(&item, &ann));
        let disputed = ReviewFilter { order: ReviewOrder::Disputed, ..all.clone() };
        assert!(disputed.fits(&item, &ann));
        assert!(!disputed.fits(&ReviewItem { log: vec![], ..item.clone() }, &ann));
        assert!(!all.fits(&ReviewItem { text: None, ..item }, &ann), "forgotten");
    }
}
