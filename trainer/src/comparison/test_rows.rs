//! The rows of a test file with what their marks are made from.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use domain::Label;

use super::{
    TestFile,
    marks::{Marks, Negations, length},
};
use crate::data::{
    SourceFile,
    import::{Format, reason::reason},
};

/// From this share of the people asked on, a reason is sure.
const SURE: f32 = 0.6;

/// A row to ask models about.
#[derive(Clone, Debug, PartialEq)]
pub struct TestRow {
    /// Its number in the file, from 0, without the header.
    pub number: u64,
    /// The text as written.
    pub text: String,
    /// Its label.
    pub gold: Label,
    /// What kind of text it is, but for what only a model can tell.
    pub marks: Marks,
}

/// A test file that was read.
#[derive(Clone, Debug)]
pub struct TestRows {
    /// Its SHA-256 in hexadecimal.
    pub sha256: String,
    /// The rows that are measured.
    pub rows: Vec<TestRow>,
}

impl TestRows {
    /// Reads the file of `test` below `data`: tab-separated with a header line; columns `label`
    /// and `text`, and optionally `article_split`, `airline`, `reason` and `reason_confidence`.
    ///
    /// # Errors
    /// If it cannot be read, or a line cannot be understood, with its number.
    pub fn read(test: &TestFile, data: &Path) -> Result<Self> {
        let file = SourceFile::read(&data.join(&test.file), Format::Tsv)?;
        let rows = rows(&file.text, test).with_context(|| test.file.clone())?;
        Ok(Self { sha256: file.sha256, rows })
    }
}

fn rows(text: &str, test: &TestFile) -> Result<Vec<TestRow>> {
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let column = |name: &str| header.iter().position(|&column| column == name);
    let needed = |name: &str| {
        column(name).with_context(|| format!("no column `{name}` among: {}", header.join(", ")))
    };
    let (label, content) = (needed("label")?, needed("text")?);
    let [article, airline, given, confidence] =
        ["article_split", "airline", "reason", "reason_confidence"].map(column);
    let negations = Negations::new();
    let mut rows = Vec::new();
    for (number, line) in lines.enumerate() {
        let at = || format!("line {}", number + 2);
        let cells: Vec<&str> = line.split('\t').collect();
        ensure!(
            cells.len() == header.len(),
            "{} has {} columns where the header has {}",
            at(),
            cells.len(),
            header.len()
        );
        let cell = |column: Option<usize>| column.map_or("", |column| cells[column]);
        let name = cells[label];
        if test.skip.iter().any(|skipped| skipped == name) {
            continue;
        }
        let gold = match test.rename.get(name) {
            Some(&label) => label,
            None => name.parse().with_context(at)?,
        };
        let why = reason(cell(given), cell(confidence)).with_context(at)?;
        rows.push(TestRow {
            number: number as u64,
            text: cells[content].to_owned(),
            gold,
            marks: Marks {
                length: length(cells[content]).to_owned(),
                is_negated: negations.occur_in(cells[content]),
                airline: Some(cell(airline).to_owned()).filter(|name| !name.is_empty()),
                is_article: cell(article) == "test",
                reason: why.map(|given| given.reason),
                is_reason_sure: why.is_some_and(|given| given.confidence >= SURE),
                ..Marks::default()
            },
        });
    }
    ensure!(!rows.is_empty(), "the file holds no rows");
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use domain::Reason;

    use super::*;

    fn test() -> TestFile {
        toml::from_str("name = \"t\"\nfile = \"t.tsv\"\nlanguage = \"fr\"\nrename = { objective = \"neutral\" }\nskip = [\"mixed\"]").unwrap()
    }

    #[test]
    fn rows_keep_their_number_where_others_are_left_out() {
        let rows =
            rows("label\ttext\nmixed\tbof\nobjective\tle vol part à midi\n", &test()).unwrap();
        assert_eq!((rows.len(), rows[0].number, rows[0].gold), (1, 1, Label::Neutral));
    }

    #[test]
    fn a_reason_is_sure_from_six_in_ten_on() {
        let text = "label\treason\treason_confidence\tairline\ttext\n\
                    negative\tlonglines\t0.6\tDelta\tno end\n\
                    negative\tBad Flight\t0.59\tUnited\tcold\n\
                    negative\tCan't Tell\t1.0\tUnited\thm\n\
                    positive\t\t\tUnited\tyay\n";
        let rows = rows(text, &test()).unwrap();
        let reasons: Vec<_> =
            rows.iter().map(|row| (row.marks.reason, row.marks.is_reason_sure)).collect();
        assert_eq!(
            reasons,
            [
                (Some(Reason::LongLines), true),
                (Some(Reason::BadFlight), false),
                (None, false),
                (None, false)
            ]
        );
        assert_eq!(rows[0].marks.airline.as_deref(), Some("Delta"));
        assert!(rows[0].marks.is_negated && !rows[1].marks.is_negated);
    }

    #[test]
    fn a_label_that_is_not_renamed_is_refused_with_its_line() {
        let error = rows("label\ttext\nsad\tx\n", &test()).unwrap_err();
        assert!(format!("{error:#}").contains("line 2"), "{error:#}");
    }
}
