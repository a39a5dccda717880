//! The original Sentiment140: `"0","1467810369","Mon Apr 06 …","NO_QUERY","user","text"`.

use anyhow::{Context, Result, bail};
use domain::Label;

use crate::data::Row;

/// The rows of the CSV without header. Its order is by label and date, so nothing is known of
/// which rows are a fair sample.
pub fn rows(text: &str) -> Result<Vec<Row>> {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for (index, record) in reader.records().enumerate() {
        let number = index + 1;
        let record = record.with_context(|| format!("row {number} is no CSV"))?;
        let (Some(target), Some(text)) = (record.get(0), record.get(5)) else {
            bail!("row {number} has {} columns where Sentiment140 has 6", record.len());
        };
        let label = match target {
            "0" => Label::Negative,
            "2" => Label::Neutral,
            "4" => Label::Positive,
            other => {
                bail!("row {number}: the target is “{other}” where Sentiment140 has 0, 2 or 4")
            }
        };
        rows.push(Row {
            text: text.replace(['\t', '\n', '\r'], " "),
            label: Some(label),
            reason: None,
            article: None,
            biased: false,
            origin: None,
        });
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_become_labels_and_quotes_are_undone() {
        let rows = rows(
            "\"0\",\"1\",\"Mon Apr 06 22:19:45 PDT 2009\",\"NO_QUERY\",\"sam\",\"my bag, \"\"gone\"\"\"\n\
             \"4\",\"2\",\"Mon Apr 06 22:19:46 PDT 2009\",\"NO_QUERY\",\"kim\",\"landed early\"\n",
        )
        .unwrap();
        assert_eq!(
            (rows[0].label, rows[0].text.as_str()),
            (Some(Label::Negative), "my bag, \"gone\"")
        );
        assert_eq!(rows[1].label, Some(Label::Positive));
    }

    #[test]
    fn another_target_is_refused_with_its_row() {
        let error = rows("\"1\",\"1\",\"d\",\"q\",\"u\",\"text\"\n").unwrap_err();
        assert!(format!("{error:#}").contains("row 1: the target is “1”"), "{error:#}");
    }
}
