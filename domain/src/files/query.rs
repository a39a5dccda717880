//! What an address asks of a file, read from its fields. An empty field is none.

use std::str::FromStr;

use jiff::{Span, Timestamp, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};

use super::{FileEncoding, FileForm, RowQuery, RowSort};

/// What someone says of a layout; what is not said is guessed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LayoutWish {
    /// How rows are written.
    pub form: Option<FileForm>,
    /// How characters are written.
    pub encoding: Option<FileEncoding>,
    /// Whether the first row names the columns.
    pub header: Option<bool>,
    /// Which column holds the texts, from 0.
    pub text_column: Option<usize>,
    /// Which column holds the dates, from 0.
    pub date_column: Option<usize>,
    /// That no column holds dates.
    pub no_dates: bool,
    /// Whether 03/04 is in April.
    pub day_first: Option<bool>,
}

/// A field whose value means nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{value}” means nothing for {field}: leave it out, or take a value from the description")]
pub struct UnknownValue {
    field: &'static str,
    value: String,
}

/// Gives the fields of an address by their names.
pub(crate) struct Fields<G>(pub(crate) G);

impl<G: Fn(&str) -> Option<String>> Fields<G> {
    pub(crate) fn text(&self, field: &'static str) -> Option<String> {
        (self.0)(field).filter(|value| !value.trim().is_empty())
    }

    pub(crate) fn read<T>(
        &self,
        field: &'static str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, UnknownValue> {
        let Some(value) = self.text(field) else { return Ok(None) };
        let unknown = || UnknownValue { field, value: value.chars().take(40).collect() };
        read(&value).map(Some).ok_or_else(unknown)
    }

    pub(crate) fn parse<T: FromStr>(&self, field: &'static str) -> Result<Option<T>, UnknownValue> {
        self.read(field, |value| value.parse().ok())
    }
}

impl LayoutWish {
    /// What the fields of an address say; `date_column=none` says that there are no dates.
    ///
    /// # Errors
    /// The first field whose value means nothing.
    pub fn parse(get: impl Fn(&str) -> Option<String>) -> Result<Self, UnknownValue> {
        let fields = Fields(get);
        let no_dates = fields.text("date_column").is_some_and(|value| value == "none");
        let form = |name: &str| FileForm::ALL.into_iter().find(|form| form.as_str() == name);
        let encoding = |name: &str| FileEncoding::ALL.into_iter().find(|one| one.as_str() == name);
        Ok(Self {
            form: fields.read("form", form)?,
            encoding: fields.read("encoding", encoding)?,
            header: fields.parse("header")?,
            text_column: fields.parse("text_column")?,
            date_column: if no_dates { None } else { fields.parse("date_column")? },
            no_dates,
            day_first: fields.parse("day_first")?,
        })
    }
}

impl RowQuery {
    /// What the fields of an address say.
    ///
    /// # Errors
    /// The first field whose value means nothing.
    pub fn parse(get: impl Fn(&str) -> Option<String>) -> Result<Self, UnknownValue> {
        let fields = Fields(get);
        let sort = |name: &str| RowSort::ALL.into_iter().find(|sort| sort.as_str() == name);
        Ok(Self {
            label: fields.parse("label")?,
            reason: fields.parse("reason")?,
            sure: fields.parse("sure")?,
            search: fields.text("search"),
            from: fields.read("from", |value| moment(value, 0))?,
            // A day is meant with its end.
            until: fields.read("until", |value| moment(value, 1))?,
            sort: fields.read("sort", sort)?.unwrap_or_default(),
            after: fields.text("after"),
        })
    }
}

/// A moment, or a day in UTC and so many later.
fn moment(value: &str, days: i64) -> Option<Timestamp> {
    value.parse().ok().or_else(|| {
        let day: Date = value.parse().ok()?;
        let day = day.checked_add(Span::new().days(days)).ok()?;
        Some(day.to_zoned(TimeZone::UTC).ok()?.timestamp())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Label, Reason};

    fn query(fields: &[(&str, &str)]) -> Result<RowQuery, UnknownValue> {
        RowQuery::parse(|name| {
            let found = fields.iter().find(|(field, _)| *field == name);
            found.map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn every_field_says_what_it_is_called_after() {
        let fields = [
            ("label", "negative"),
            ("reason", "late_flight"),
            ("sure", "false"),
            ("sort", "newest"),
        ];
        let asked = RowQuery {
            label: Some(Label::Negative),
            reason: Some(Reason::LateFlight),
            sure: Some(false),
            sort: RowSort::Newest,
            ..RowQuery::default()
        };
        assert_eq!(query(&fields), Ok(asked));
    }

    #[test]
    fn an_empty_field_is_none_and_nonsense_is_told() {
        assert_eq!(query(&[("label", ""), ("search", " ")]), Ok(RowQuery::default()));
        let told = query(&[("label", "Angry")]).unwrap_err().to_string();
        assert!(told.starts_with("“Angry” means nothing for label"), "{told}");
    }

    #[test]
    fn a_day_is_meant_from_its_beginning_to_its_end() {
        let asked = query(&[("from", "2015-02-24"), ("until", "2015-02-24")]).unwrap();
        assert_eq!(asked.from.unwrap().to_string(), "2015-02-24T00:00:00Z");
        assert_eq!(asked.until.unwrap().to_string(), "2015-02-25T00:00:00Z");
    }

    #[test]
    fn a_layout_is_read_from_the_form_that_corrects_it() {
        let wish = LayoutWish::parse(|name| match name {
            "form" => Some("semicolon".to_owned()),
            "text_column" => Some("2".to_owned()),
            "date_column" => Some("none".to_owned()),
            _ => None,
        });
        let wish = wish.unwrap();
        assert_eq!((wish.form, wish.text_column), (Some(FileForm::Semicolon), Some(2)));
        assert!(wish.no_dates && wish.date_column.is_none());
    }
}
