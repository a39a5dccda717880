//! What a model said of every row of a test, without the rows' texts: the file that figures are
//! made from and that is committed.
//!
//! A gzip'd table with tabs. Lines that begin with `#` say which model, test and test file it is
//! of; then a header; then one line a row, in the order of the test file.

use std::{
    collections::HashMap,
    fmt::{Display, Write as _},
    fs,
    io::{Read, Write as _},
    path::Path,
    str::FromStr,
};

use anyhow::{Context, Result, bail, ensure};
use domain::{Label, ModelId, Reason};
use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use sentiment::models::ReasonShares;

use super::Marks;
use crate::tensors::write_atomically;

/// The predictions of one model on one test.
#[derive(Clone, Debug, PartialEq)]
pub struct Predictions {
    /// The model as its bundle names itself, and its version.
    pub model: ModelId,
    /// The test's name.
    pub test: String,
    /// The test's file.
    pub file: String,
    /// The file's SHA-256 in hexadecimal.
    pub sha256: String,
    /// One for each row that was measured.
    pub rows: Vec<PredictedRow>,
}

/// A row and what was said of it.
#[derive(Clone, Debug, PartialEq)]
pub struct PredictedRow {
    /// Its number in the test file, from 0, without the header.
    pub number: u64,
    /// What the test says.
    pub gold: Label,
    /// What kind of text it is.
    pub marks: Marks,
    /// Probabilities of the labels, in the order of [`Label::ALL`].
    pub labels: [f32; 3],
    /// Probabilities of the reasons, where the test has a reason and the model tells them.
    pub reasons: Option<ReasonShares>,
}

const COLUMNS: [&str; 11] = [
    "row",
    "gold",
    "words",
    "unknown",
    "negation",
    "airline",
    "language",
    "article",
    "reason",
    "reason_sure",
    "sure",
];
const NONE: &str = "-";

impl Predictions {
    /// Writes them to `path`, in a folder that is made if it is not there.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn write(&self, path: &Path) -> Result<()> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)
                .with_context(|| format!("{} cannot be made", folder.display()))?;
        }
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(self.to_text().as_bytes())?;
        write_atomically(path, &encoder.finish()?)
    }

    /// Reads what [`Predictions::write`] wrote.
    ///
    /// # Errors
    /// If it is not there or says something else; with the line.
    pub fn read(path: &Path) -> Result<Self> {
        let again = || {
            format!(
                "{} holds no predictions: run `vigie-train compare --from-bundles`",
                path.display()
            )
        };
        let mut text = String::new();
        GzDecoder::new(fs::read(path).with_context(again)?.as_slice())
            .read_to_string(&mut text)
            .with_context(again)?;
        Self::parse(&text).with_context(again)
    }

    fn to_text(&self) -> String {
        let Self { model, test, file, sha256, rows } = self;
        let mut text =
            format!("# model {model}\n# test {test}\n# file {file}\n# sha256 {sha256}\n");
        let tells_reasons = rows.iter().any(|row| row.reasons.is_some());
        let labels = Label::ALL.map(Label::as_str);
        let reasons = Reason::ALL.map(Reason::as_str);
        let reasons = if tells_reasons { reasons.as_slice() } else { &[] };
        text.push_str(&[COLUMNS.as_slice(), &labels, reasons].concat().join("\t"));
        for PredictedRow { number, gold, marks, labels, reasons } in rows {
            // Writing to a string cannot fail.
            let _ = write!(
                text,
                "\n{number}\t{gold}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}",
                marks.length,
                marks.unknown,
                yes(marks.is_negated),
                or_none(marks.airline.as_ref()),
                or_none(marks.language.as_ref()),
                yes(marks.is_article),
                or_none(marks.reason.as_ref()),
                yes(marks.is_reason_sure),
                yes(marks.is_sure),
            );
            labels.iter().for_each(|share| {
                let _ = write!(text, "\t{share:.5}");
            });
            match reasons {
                Some(shares) => shares.iter().for_each(|share| {
                    let _ = write!(text, "\t{share:.4}");
                }),
                None if tells_reasons => text.push_str(&"\t-".repeat(Reason::ALL.len())),
                None => {}
            }
        }
        text.push('\n');
        text
    }

    fn parse(text: &str) -> Result<Self> {
        let notes: HashMap<&str, &str> = text
            .lines()
            .map_while(|line| line.strip_prefix("# "))
            .filter_map(|note| note.split_once(' '))
            .collect();
        let note = |name: &str| {
            notes
                .get(name)
                .map(|note| (*note).to_owned())
                .with_context(|| format!("no line “# {name} …”"))
        };
        let model = note("model")?;
        let (name, version) =
            model.split_once('@').with_context(|| format!("“{model}” names no version"))?;
        let mut lines = text.lines().enumerate().skip(notes.len());
        let (_, header) = lines.next().context("no header")?;
        let header: Vec<&str> = header.split('\t').collect();
        let labels = Label::ALL.map(Label::as_str);
        let expected = [COLUMNS.as_slice(), &labels].concat();
        ensure!(header.starts_with(&expected), "the columns are not {}", expected.join(", "));
        let tells_reasons = header.len() > expected.len();
        ensure!(
            !tells_reasons || header[expected.len()..] == Reason::ALL.map(Reason::as_str),
            "the last columns are no reasons"
        );
        let rows = lines
            .map(|(index, line)| {
                let cells: Vec<&str> = line.split('\t').collect();
                ensure!(
                    cells.len() == header.len(),
                    "line {} has {} columns",
                    index + 1,
                    cells.len()
                );
                row(&cells).with_context(|| format!("line {}", index + 1))
            })
            .collect::<Result<_>>()?;
        Ok(Self {
            model: ModelId { name: name.to_owned(), version: version.to_owned() },
            test: note("test")?,
            file: note("file")?,
            sha256: note("sha256")?,
            rows,
        })
    }

    /// Whether they are of the same rows of the same file as `other`.
    #[must_use]
    pub fn are_of_the_rows_of(&self, other: &Self) -> bool {
        let row = |row: &PredictedRow| (row.number, row.gold);
        self.sha256 == other.sha256 && self.rows.iter().map(row).eq(other.rows.iter().map(row))
    }
}

fn row(cells: &[&str]) -> Result<PredictedRow> {
    let text = |at: usize| (cells[at] != NONE).then(|| cells[at].to_owned());
    let share = |at: usize| {
        let share: f32 =
            cells[at].parse().with_context(|| format!("“{}” is no number", cells[at]))?;
        ensure!((0.0..=1.0).contains(&share), "“{share}” is no probability");
        Ok(share)
    };
    let reasons = cells.get(14).is_some_and(|cell| *cell != NONE).then(|| {
        let mut shares = ReasonShares::default();
        (14..).zip(&mut shares).try_for_each(|(at, to)| share(at).map(|share| *to = share))?;
        anyhow::Ok(shares)
    });
    Ok(PredictedRow {
        number: cells[0].parse().context("no row number")?,
        gold: cells[1].parse()?,
        marks: Marks {
            length: cells[2].to_owned(),
            unknown: cells[3].to_owned(),
            is_negated: is_yes(cells[4])?,
            airline: text(5),
            language: text(6),
            is_article: is_yes(cells[7])?,
            reason: text(8).map(|word| Reason::from_str(&word)).transpose()?,
            is_reason_sure: is_yes(cells[9])?,
            is_sure: is_yes(cells[10])?,
        },
        labels: [share(11)?, share(12)?, share(13)?],
        reasons: reasons.transpose()?,
    })
}

const fn yes(is: bool) -> &'static str {
    if is { "y" } else { NONE }
}

fn is_yes(cell: &str) -> Result<bool> {
    match cell {
        "y" => Ok(true),
        NONE => Ok(false),
        other => bail!("“{other}” is neither y nor -"),
    }
}

fn or_none(value: Option<&impl Display>) -> String {
    value.map_or_else(|| NONE.to_owned(), ToString::to_string)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn predictions() -> Predictions {
        let row = |number, gold, reasons: Option<ReasonShares>| PredictedRow {
            number,
            gold,
            marks: Marks {
                length: "1-7".to_owned(),
                unknown: "0%".to_owned(),
                is_negated: number == 3,
                airline: Some("US Airways".to_owned()),
                reason: reasons.map(|_| Reason::LateFlight),
                ..Marks::default()
            },
            labels: [0.25, 0.125, 0.625],
            reasons,
        };
        let mut shares = ReasonShares::default();
        shares[Reason::LateFlight as usize] = 0.75;
        Predictions {
            model: ModelId { name: "toy".to_owned(), version: "0123456789ab".to_owned() },
            test: "people".to_owned(),
            file: "people.test.tsv".to_owned(),
            sha256: "00".repeat(32),
            rows: vec![row(0, Label::Positive, None), row(3, Label::Negative, Some(shares))],
        }
    }

    #[test]
    fn predictions_are_read_back_as_they_were_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("people/toy.tsv.gz");
        let mut written = predictions();
        written.write(&path).unwrap();
        assert_eq!(Predictions::read(&path).unwrap(), written);
        written.rows.pop();
        written.write(&path).unwrap();
        assert_eq!(Predictions::read(&path).unwrap(), written);
    }

    #[test]
    fn a_damaged_line_is_named() {
        let text = predictions().to_text().replace("0.62500", "1.62500");
        let error = Predictions::parse(&text).unwrap_err();
        assert!(format!("{error:#}").contains("line 6: “1.625” is no probability"), "{error:#}");
        let text = predictions().to_text().replace("# sha256", "# sha");
        assert!(Predictions::parse(&text).unwrap_err().to_string().contains("# sha256"));
    }

    #[test]
    fn other_rows_are_told_from_the_same_rows() {
        let (first, mut second) = (predictions(), predictions());
        second.rows[0].labels = [1.0, 0.0, 0.0];
        assert!(first.are_of_the_rows_of(&second));
        second.rows[0].gold = Label::Neutral;
        assert!(!first.are_of_the_rows_of(&second));
    }
}
