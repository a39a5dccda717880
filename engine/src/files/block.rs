//! Some rows of a file and what the models say of them.

use domain::{FileForm, FileLayout, FileProblem, RowTrouble, Tweet, TweetError, UnreadableRow};
use sentiment::ByLanguage;
use tables::{Dates, Fields, Object, Row, RowProblem};

use super::{record::Record, stored};

/// What came of some rows.
pub(super) struct Block {
    /// How many rows they were, blank ones included.
    pub taken: u64,
    judged: Vec<(Record, Tweet)>,
    /// The bytes of the judged rows, one behind the other, and where each ends.
    bytes: Vec<u8>,
    ends: Vec<usize>,
    /// Those that could not be read.
    pub unreadable: Vec<UnreadableRow>,
}

impl Block {
    /// The verdicts, each with the row that it is of and its text.
    pub(super) fn judged(&self) -> impl Iterator<Item = (&Record, &[u8], &str)> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        let rows = starts.zip(&self.ends).map(|(start, end)| &self.bytes[start..*end]);
        self.judged.iter().zip(rows).map(|((record, text), row)| (record, row, text.as_str()))
    }
}

/// Which of the kept cells holds the text.
pub(super) fn text_cell(layout: &FileLayout) -> usize {
    match layout.form {
        FileForm::Json => 1,
        _ => layout.text_column.unwrap_or_default(),
    }
}

/// Lets the models read `rows`.
pub(super) fn judge(
    models: &ByLanguage,
    layout: &FileLayout,
    rows: Vec<Row>,
) -> Result<Block, FileProblem> {
    let taken = rows.len() as u64;
    let mut readable = Vec::with_capacity(rows.len());
    let mut unreadable = Vec::new();
    for row in rows.iter().filter(|row| !is_blank(row)) {
        match tweet(layout, row) {
            Ok(tweet) => readable.push((row, tweet)),
            Err(trouble) => unreadable.push(UnreadableRow { line: row.line, trouble }),
        }
    }
    let texts: Vec<&str> = readable.iter().map(|(_, tweet)| tweet.as_str()).collect();
    let verdicts = models.predict(&texts).map_err(|error| {
        tracing::error!(%error, "the model failed on a file");
        FileProblem::Model
    })?;
    if verdicts.len() != readable.len() {
        return Err(FileProblem::Model);
    }
    let mut dates = Dates::new(layout.day_first);
    let mut block =
        Block { taken, judged: Vec::new(), bytes: Vec::new(), ends: Vec::new(), unreadable };
    for ((row, tweet), verdict) in readable.into_iter().zip(verdicts) {
        let at = layout.date_column.and_then(|column| dates.read(&cell(layout, row, column)));
        keep(row, &tweet, &mut block.bytes);
        block.ends.push(block.bytes.len());
        block.judged.push((Record::new(&verdict.prediction, row.line, at), tweet));
    }
    Ok(block)
}

/// An empty line, as files end with: no row that anyone misses.
fn is_blank(row: &Row) -> bool {
    match &row.fields {
        Fields::Cells(cells) => {
            cells.iter().all(<[u8]>::is_empty) && row.problem != Some(RowProblem::TooLong)
        }
        Fields::Object(_) => {
            matches!(&row.problem, Some(RowProblem::NoJson(why)) if why.contains("column 0"))
        }
    }
}

fn tweet(layout: &FileLayout, row: &Row) -> Result<Tweet, RowTrouble> {
    if let Some(problem) = &row.problem {
        return Err(match problem {
            RowProblem::TooLong => RowTrouble::RowTooLong,
            RowProblem::NotUtf8 => RowTrouble::Encoding,
            RowProblem::Width { found, expected } => {
                RowTrouble::Width { found: *found as u64, expected: *expected as u64 }
            }
            RowProblem::NotClosed | RowProblem::EndsWithinQuotes => RowTrouble::Quote,
            RowProblem::NoObject | RowProblem::NoJson(_) => RowTrouble::NoObject,
        });
    }
    let text = cell(layout, row, layout.text_column.unwrap_or_default());
    Tweet::parse(&text).map_err(|error| match error {
        TweetError::Empty | TweetError::Blank => RowTrouble::NoText,
        TweetError::TooLong { chars } => RowTrouble::TextTooLong { chars: chars as u64 },
        TweetError::Nul => RowTrouble::Nul,
    })
}

fn cell(layout: &FileLayout, row: &Row, column: usize) -> String {
    match &row.fields {
        Fields::Cells(cells) => tables::shown(cells.get(column).unwrap_or_default()).into_owned(),
        Fields::Object(object) => {
            layout.columns.get(column).map(|name| object.cell(name)).unwrap_or_default()
        }
    }
}

fn keep(row: &Row, tweet: &Tweet, bytes: &mut Vec<u8>) {
    match &row.fields {
        Fields::Cells(cells) => {
            let cells: Vec<_> = cells.iter().map(tables::shown).collect();
            stored::write(&cells, bytes);
        }
        Fields::Object(object) => stored::write(&[written(object).as_str(), tweet.as_str()], bytes),
    }
}

/// The object, its values spelled as they were.
fn written(object: &Object) -> String {
    let fields = object
        .0
        .iter()
        .map(|(name, value)| format!("{}:{}", serde_json::Value::from(name.as_str()), value.get()));
    format!("{{{}}}", fields.collect::<Vec<_>>().join(","))
}
