//! Kaggle's `Tweets.csv`: Twitter US Airline Sentiment with a header and quoted cells.

use anyhow::{Context, Result};

use super::reason::reason;
use crate::data::Row;

/// The rows of the CSV.
pub fn rows(text: &str) -> Result<Vec<Row>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().context("the header is no CSV")?.clone();
    let column = |name: &str| {
        header.iter().position(|column| column == name).with_context(|| {
            format!("no column `{name}` among: {}", header.iter().collect::<Vec<_>>().join(", "))
        })
    };
    let (label, content) = (column("airline_sentiment")?, column("text")?);
    let optional = |name: &str| header.iter().position(|column| column == name);
    let why = optional("negativereason");
    let why_confidence = optional("negativereason_confidence");
    let mut rows = Vec::new();
    for (index, record) in reader.records().enumerate() {
        let number = index + 1;
        let record = record
            .with_context(|| format!("row {number} is no CSV of {} columns", header.len()))?;
        rows.push(Row {
            text: record[content].replace(['\t', '\n', '\r'], " "),
            label: Some(record[label].parse().with_context(|| format!("row {number}"))?),
            reason: why
                .map_or(Ok(None), |at| {
                    reason(&record[at], why_confidence.map_or("", |at| &record[at]))
                })
                .with_context(|| format!("row {number}"))?,
            article: None,
            biased: false,
            origin: None,
        });
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use domain::Label;

    use super::*;

    #[test]
    fn a_quoted_text_may_span_lines() {
        let rows = rows("tweet_id,airline_sentiment,airline,text,tweet_created\n1,neutral,Delta,\"@Delta when,\nwhere?\",2015\n").unwrap();
        assert_eq!(rows.len(), 1);
        assert_eq!(
            (rows[0].label, rows[0].text.as_str()),
            (Some(Label::Neutral), "@Delta when, where?")
        );
    }

    #[test]
    fn a_foreign_csv_lists_its_columns() {
        let error = rows("a,b\n1,2\n").unwrap_err();
        assert!(format!("{error:#}").contains("among: a, b"), "{error:#}");
    }
}
