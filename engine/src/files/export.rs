//! The rows that a filter lets through, written out as they come.

use std::{
    borrow::Cow,
    collections::HashSet,
    io::{self, Write},
};

use domain::{FileForm, FileLayout, Label, Reason, RowQuery, TableFormat};
use tables::{Object, harmless};

use super::{block::text_cell, folder::Folder, journal::Rows, query::Matches, record::Record};

/// The columns that are appended, called as those of `vigie predict`. What a file has under these names is replaced.
const APPENDED: [&str; 9] = [
    "vigie_label",
    "vigie_confidence",
    "vigie_negative",
    "vigie_neutral",
    "vigie_positive",
    "vigie_known",
    "vigie_language",
    "vigie_sure",
    "vigie_reason",
];

/// Writes the rows of `query` into `output`, in the order of the file.
pub(super) fn write(
    folder: &Folder,
    layout: &FileLayout,
    query: &RowQuery,
    format: TableFormat,
    output: &mut dyn Write,
) -> io::Result<()> {
    let columns = Columns::of(layout);
    let mut sheet = Sheet::begin(format, &columns, output)?;
    let mut rows = Rows::open(folder)?;
    for found in Matches::new(folder, text_cell(layout), query)? {
        let (_, record) = found?;
        let cells = rows.cells(&record)?;
        match &mut sheet {
            Sheet::Table { table, format } => columns.append(&cells, &record, *format, table)?,
            Sheet::Lines(lines) => lines.write_all(columns.line(&cells, &record)?.as_bytes())?,
        }
    }
    match sheet {
        Sheet::Table { mut table, .. } => table.flush(),
        Sheet::Lines(lines) => lines.flush(),
    }
}

/// What is written to.
enum Sheet<'a> {
    Table { table: Box<csv::Writer<&'a mut dyn Write>>, format: TableFormat },
    Lines(&'a mut dyn Write),
}

impl<'a> Sheet<'a> {
    fn begin(
        format: TableFormat,
        columns: &Columns,
        output: &'a mut dyn Write,
    ) -> io::Result<Self> {
        let delimiter = match format {
            TableFormat::Jsonl => return Ok(Self::Lines(output)),
            TableFormat::Csv => b',',
            TableFormat::CsvFrench => {
                output.write_all("\u{feff}".as_bytes())?;
                b';'
            }
        };
        let mut table = csv::WriterBuilder::new().delimiter(delimiter).from_writer(output);
        let names = columns.kept.iter().map(|(_, name)| harmless(name));
        table.write_record(names.chain(APPENDED.map(Into::into)).map(Cow::into_owned))?;
        Ok(Self::Table { table: Box::new(table), format })
    }
}

/// The columns of the file that are kept.
struct Columns {
    /// Their places and names; each name once.
    kept: Vec<(usize, String)>,
    is_json: bool,
}

impl Columns {
    fn of(layout: &FileLayout) -> Self {
        let mut seen = HashSet::new();
        let mut named = |(place, name): (usize, &String)| {
            let again = (2..).map(|number| format!("{name} {number}"));
            let mut names = std::iter::once(name.clone()).chain(again);
            names.find(|name| seen.insert(name.clone())).map(|name| (place, name))
        };
        let kept = layout.columns.iter().enumerate().filter(|(_, name)| !is_appended(name));
        Self { kept: kept.filter_map(&mut named).collect(), is_json: layout.form == FileForm::Json }
    }

    /// Writes a row of a table; no cell of it is run by a spreadsheet.
    fn append(
        &self,
        cells: &[&str],
        record: &Record,
        format: TableFormat,
        table: &mut csv::Writer<&mut dyn Write>,
    ) -> io::Result<()> {
        if self.is_json {
            let object = object(cells)?;
            for (_, name) in &self.kept {
                table.write_field(harmless(&object.cell(name)).as_bytes())?;
            }
        } else {
            for (place, _) in &self.kept {
                table.write_field(
                    harmless(cells.get(*place).copied().unwrap_or_default()).as_bytes(),
                )?;
            }
        }
        let values = appended(record);
        let is_french = format == TableFormat::CsvFrench;
        let shown = |(place, value): (usize, &String)| {
            // Places 1 to 5 hold numbers.
            if is_french && (1..=5).contains(&place) {
                value.replace('.', ",")
            } else {
                value.clone()
            }
        };
        Ok(table.write_record(values.iter().enumerate().map(shown))?)
    }

    /// A row as an object, with its line break.
    fn line(&self, cells: &[&str], record: &Record) -> io::Result<String> {
        let mut fields = Vec::new();
        if self.is_json {
            let kept = object(cells)?;
            for (name, value) in kept.0.iter().filter(|(name, _)| !is_appended(name)) {
                fields.push(format!("{}:{}", quoted(name), value.get()));
            }
        } else {
            for (place, name) in &self.kept {
                let cell = cells.get(*place).copied().unwrap_or_default();
                fields.push(format!("{}:{}", quoted(name), quoted(cell)));
            }
        }
        for (place, (name, value)) in APPENDED.iter().zip(appended(record)).enumerate() {
            let value = match place {
                1..=5 | 7 => value,
                _ if value.is_empty() => "null".to_owned(),
                _ => quoted(&value),
            };
            fields.push(format!("\"{name}\":{value}"));
        }
        Ok(format!("{{{}}}\n", fields.join(",")))
    }
}

fn is_appended(name: &str) -> bool {
    name.starts_with("vigie_")
}

fn object(cells: &[&str]) -> io::Result<Object> {
    Ok(serde_json::from_str(cells.first().copied().unwrap_or("{}"))?)
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// What stands under [`APPENDED`]: numbers with six decimals.
fn appended(record: &Record) -> [String; APPENDED.len()] {
    let number = |value: f32| format!("{value:.6}");
    [
        record.label.to_string(),
        number(record.confidence()),
        number(record.probabilities.of(Label::Negative)),
        number(record.probabilities.of(Label::Neutral)),
        number(record.probabilities.of(Label::Positive)),
        number(record.known),
        record.language().to_owned(),
        record.sure.to_string(),
        record.reason.map(Reason::as_str).unwrap_or_default().to_owned(),
    ]
}
