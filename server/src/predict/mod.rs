//! `vigie predict`: a file of texts in, the same file with verdicts out, in constant memory.

pub mod appended;
pub mod columns;
mod error;
pub mod formats;
mod input;
mod output;
mod scoring;
mod verdict;

use std::{num::NonZero, thread};

use indicatif::ProgressBar;
use sentiment::ByLanguage;

pub use error::PredictError;
pub use input::open;
pub use output::Output;
pub use tables::{Fields, Format, Input, Named, Row};
pub use verdict::{Judgement, Verdict};

use columns::Layout;
use tables::RowReader;

/// Rows that are read, scored and written together.
const BATCH_ROWS: usize = 1024;
/// A batch ends early when its rows weigh this much.
const BATCH_BYTES: usize = 4 * 1024 * 1024;

/// What to do.
pub struct Plan {
    /// The format of the input.
    pub input_format: Format,
    /// The format of the output.
    pub output_format: Format,
    /// The name of the column with the text; `text`, else the only column, if `None`.
    pub text_column: Option<String>,
    /// Whether the words' contributions are written too.
    pub explains: bool,
    /// How many threads score.
    pub threads: NonZero<usize>,
}

impl Plan {
    /// A thread for each core that this process may use.
    #[must_use]
    pub fn all_cores() -> NonZero<usize> {
        thread::available_parallelism().unwrap_or(NonZero::<usize>::MIN)
    }
}

/// What was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Rows read and written, without the header.
    pub rows: u64,
    /// Those among them without a verdict.
    pub without_verdict: u64,
    /// Rows with fields for which a table, begun with other columns, had no place.
    pub cut: u64,
}

/// Scores every row of `input` into `output` and completes it.
///
/// # Errors
/// See [`PredictError`]; what stood at the output's place before then still stands there.
pub fn run(
    models: &ByLanguage,
    plan: &Plan,
    input: Input,
    mut output: Output,
    progress: &ProgressBar,
) -> Result<Summary, PredictError> {
    let mut reader = plan.input_format.reader(input)?;
    let first = next_batch(reader.as_mut())?;
    let wanted = plan.text_column.as_deref();
    let columns = match reader.columns() {
        Some(columns) => columns.clone(),
        None => columns::of_objects(&first, wanted),
    };
    let layout = Layout::new(&columns, columns::text_column(&columns, wanted)?, plan.explains);
    if plan.output_format == Format::Jsonl {
        layout.field_names()?;
    }
    let mut summary = Summary::default();
    let mut writer = formats::writer(plan, &layout, &mut output)?;
    scoring::run(models, &layout, first, reader, plan.threads, |rows, verdicts| {
        for (row, verdict) in rows.iter().zip(verdicts) {
            summary.rows += 1;
            summary.without_verdict += u64::from(verdict.is_err());
            summary.cut += u64::from(writer.write(row, verdict)?.is_cut());
        }
        progress.set_message(format!("{} rows", summary.rows));
        progress.tick();
        Ok(())
    })?;
    writer.finish()?;
    output.complete()?;
    Ok(summary)
}

fn next_batch(reader: &mut dyn RowReader) -> Result<Vec<Row>, PredictError> {
    let mut rows = Vec::with_capacity(BATCH_ROWS);
    let mut weight = 0;
    while rows.len() < BATCH_ROWS && weight < BATCH_BYTES {
        let Some(row) = reader.next().map_err(PredictError::Read)? else { break };
        weight += row.weight();
        rows.push(row);
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn sizes(format: Format, content: String) -> Vec<usize> {
        let input = Input::new(Cursor::new(content)).unwrap();
        let mut reader = format.reader(input).unwrap();
        let mut next = || next_batch(reader.as_mut()).unwrap().len();
        std::iter::from_fn(|| Some(next()).filter(|rows| *rows > 0)).collect()
    }

    #[test]
    fn a_batch_of_short_rows_ends_with_their_number() {
        assert_eq!(sizes(Format::Tsv, format!("text\n{}", "good\n".repeat(1500))), [1024, 476]);
    }

    #[test]
    fn a_batch_of_long_rows_ends_with_their_weight() {
        let row = format!("{}\n", "a".repeat(1_000_000));
        assert_eq!(sizes(Format::Tsv, format!("text\n{}", row.repeat(12))), [5, 5, 2]);
        assert_eq!(sizes(Format::Csv, format!("text\n{}", row.repeat(12))), [5, 5, 2]);
    }

    #[test]
    fn many_fields_weigh_more_than_their_characters() {
        let row = format!("{{{}\"text\":\"good\"}}\n", "\"a\":1,".repeat(100_000));
        assert_eq!(sizes(Format::Jsonl, row.repeat(2)), [1, 1]);
    }
}
