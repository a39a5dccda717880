//! Which columns come in, which one holds the text, which ones go out.

use std::{borrow::Cow, collections::HashSet};

use csv::ByteRecord;
use domain::Tweet;
use serde_json::value::RawValue;
use tables::{RowProblem, shown};

use super::{
    Fields, PredictError, Row,
    appended::{APPENDED, is_appended},
};

/// What the column with the text is called, if nobody says otherwise.
const TEXT: &str = "text";

/// Where the text is and what is kept.
#[derive(Debug)]
pub struct Layout {
    /// The columns of the input without those that are replaced, in the bytes that came in.
    pub kept: ByteRecord,
    /// The same for a quick look-up.
    names: HashSet<Vec<u8>>,
    text: String,
    /// Where the kept columns are among the input's.
    places: Vec<usize>,
    text_place: Option<usize>,
    /// Whether the words' contributions are among what is appended.
    pub explains: bool,
}

impl Layout {
    /// Of an input with these columns, and the text in one of them.
    #[must_use]
    pub fn new(columns: &ByteRecord, text: String, explains: bool) -> Self {
        let text_place = columns.iter().position(|name| shown(name) == text);
        let is_kept = |(_, name): &(usize, &[u8])| !is_appended(name);
        let (places, kept): (Vec<usize>, Vec<&[u8]>) =
            columns.iter().enumerate().filter(is_kept).unzip();
        let names = kept.iter().map(|name| name.to_vec()).collect();
        Self { kept: ByteRecord::from(kept), names, text, places, text_place, explains }
    }

    /// The names of the columns that are appended.
    #[must_use]
    pub fn appended(&self) -> &'static [&'static str] {
        if self.explains { &APPENDED } else { &APPENDED[..APPENDED.len() - 1] }
    }

    /// Whether a table has a place for the field `name`, kept or replaced.
    #[must_use]
    pub fn has_place(&self, name: &str) -> bool {
        self.names.contains(name.as_bytes()) || is_appended(name)
    }

    /// The kept columns as the names of fields.
    ///
    /// # Errors
    /// If two have the same name, of which an object can have only one.
    pub fn field_names(&self) -> Result<(), PredictError> {
        let mut seen = HashSet::new();
        match self.kept.iter().find(|name| !seen.insert(*name)) {
            Some(twice) => Err(PredictError::SameName(shown(twice).into_owned())),
            None => Ok(()),
        }
    }

    /// The text of `row`, or why there is none.
    ///
    /// # Errors
    /// A sentence for the row's `vigie_error`.
    pub fn tweet(&self, row: &Row) -> Result<Tweet, String> {
        if let Some(problem) = &row.problem {
            return Err(problem.to_string());
        }
        let text = match &row.fields {
            Fields::Cells(cells) => {
                let cell = self.text_place.and_then(|place| cells.get(place)).unwrap_or_default();
                Cow::Borrowed(str::from_utf8(cell).map_err(|_| RowProblem::NotUtf8.to_string())?)
            }
            Fields::Object(object) => {
                let value = object.get(&self.text);
                let value = value.ok_or_else(|| format!("there is no field “{}”", self.text))?;
                let text: Result<String, _> = serde_json::from_str(value.get());
                text.map_err(|_| format!("the field “{}” is no string of characters", self.text))?
                    .into()
            }
        };
        Tweet::parse(&text).map_err(|error| error.to_string())
    }

    /// The kept cells of `row`, as a table has them.
    pub fn cells<'a>(&'a self, row: &'a Row) -> Box<dyn Iterator<Item = Cow<'a, [u8]>> + 'a> {
        match &row.fields {
            Fields::Cells(cells) => Box::new(
                self.places
                    .iter()
                    .map(|place| Cow::Borrowed(cells.get(*place).unwrap_or_default())),
            ),
            Fields::Object(object) => Box::new(
                self.kept.iter().map(|name| object.get(&shown(name)).map(cell).unwrap_or_default()),
            ),
        }
    }
}

/// The column with the text: `wanted`, else `text`, else the only one.
///
/// # Errors
/// If it is not there, or cannot be told.
pub fn text_column(columns: &ByteRecord, wanted: Option<&str>) -> Result<String, PredictError> {
    let own: Vec<Cow<'_, str>> =
        columns.iter().filter(|name| !is_appended(name)).map(shown).collect();
    let list = || own.join(", ");
    let times = |name: &str| own.iter().filter(|column| *column == name).count();
    let name = match (wanted, own.as_slice()) {
        (_, []) => return Err(PredictError::OnlyAppended),
        (Some(wanted), _) => wanted,
        (None, [only]) => only.as_ref(),
        (None, _) => TEXT,
    };
    match (times(name), wanted) {
        (1, _) => Ok(name.to_owned()),
        (0, Some(wanted)) => {
            Err(PredictError::NoSuchColumn { wanted: wanted.to_owned(), columns: list() })
        }
        (0, None) => Err(PredictError::WhichColumn { columns: list() }),
        _ => Err(PredictError::SameName(name.to_owned())),
    }
}

/// The names of all fields of these rows, in the order in which they first occur. If no row tells
/// of any, the column that is `wanted`, else `text`: rows that do may follow.
#[must_use]
pub fn of_objects(rows: &[Row], wanted: Option<&str>) -> ByteRecord {
    let mut columns = ByteRecord::new();
    let mut seen = HashSet::new();
    for row in rows {
        let Fields::Object(object) = &row.fields else { continue };
        for (name, _) in &object.0 {
            if seen.insert(name) {
                columns.push_field(name.as_bytes());
            }
        }
    }
    if columns.iter().all(is_appended) {
        columns.push_field(wanted.unwrap_or(TEXT).as_bytes());
    }
    columns
}

/// A JSON value as a cell: strings without quotes, null as nothing, all else as it is written.
fn cell(value: &RawValue) -> Cow<'_, [u8]> {
    match value.get() {
        "null" => Cow::Borrowed(b""),
        quoted if quoted.starts_with('"') => serde_json::from_str::<String>(quoted)
            .map_or(Cow::Borrowed(quoted.as_bytes()), |text| Cow::Owned(text.into_bytes())),
        other => Cow::Borrowed(other.as_bytes()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(columns: &[&str], wanted: Option<&str>) -> Result<String, String> {
        text_column(&ByteRecord::from(columns), wanted).map_err(|error| error.to_string())
    }

    #[test]
    fn the_text_is_in_the_wanted_column_else_in_text_else_in_the_only_one() {
        assert_eq!(column(&["id", "text", "tweet"], Some("tweet")).unwrap(), "tweet");
        assert_eq!(column(&["id", "text"], None).unwrap(), "text");
        assert_eq!(column(&["tweet"], None).unwrap(), "tweet");
        assert_eq!(column(&["tweet", "vigie_label", "vigie_error"], None).unwrap(), "tweet");
    }

    #[test]
    fn a_missing_column_is_answered_with_those_that_are_there() {
        assert!(column(&["id", "tweet"], None).unwrap_err().contains("id, tweet"));
        assert!(
            column(&["id", "tweet"], Some("text"))
                .unwrap_err()
                .contains("“text”; the columns are: id, tweet")
        );
    }

    #[test]
    fn a_text_column_that_is_there_twice_is_refused() {
        assert!(column(&["text", "text"], None).unwrap_err().contains("several columns"));
        assert_eq!(column(&["id", "id", "text"], None).unwrap(), "text");
    }

    #[test]
    fn columns_that_are_all_replaced_leave_none_for_the_text() {
        assert!(column(&["vigie_label"], None).unwrap_err().contains("no column is left"));
    }
}
