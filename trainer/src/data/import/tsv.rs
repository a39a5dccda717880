//! Our own form: tab-separated, one header line, no quoting.

use anyhow::{Context, Result, bail};
use domain::{Label, UnknownLabel};

use super::reason::reason;
use crate::data::{ArticleSplit, Row};

/// The label that a cell of the column `label` means; `None` for a row that is left out.
type Labels = fn(&str) -> Result<Option<Label>, UnknownLabel>;

/// Our own labels.
pub fn plain(cell: &str) -> Result<Option<Label>, UnknownLabel> {
    cell.parse().map(Some)
}

/// Those of DEFT 2017.
pub fn of_deft(cell: &str) -> Result<Option<Label>, UnknownLabel> {
    match cell {
        "objective" => Ok(Some(Label::Neutral)),
        "mixed" => Ok(None),
        _ => plain(cell),
    }
}

/// The rows of a TSV file whose labels mean what `labels` says.
pub fn rows(text: &str, labels: Labels) -> Result<Vec<Row>> {
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let column = |name: &str| header.iter().position(|&column| column == name);
    let content =
        column("text").with_context(|| format!("no column `text` among: {}", header.join(", ")))?;
    let (label, position, article) = (column("label"), column("position"), column("article_split"));
    let (why, why_confidence) = (column("reason"), column("reason_confidence"));

    let mut rows = Vec::new();
    for (index, line) in lines.enumerate() {
        let number = index + 2;
        let cells: Vec<&str> = line.split('\t').collect();
        if cells.len() != header.len() {
            bail!(
                "line {number} has {} columns where the header has {}",
                cells.len(),
                header.len()
            );
        }
        let label = label.map(|at| labels(cells[at]).with_context(|| format!("line {number}")));
        let label = label.transpose()?;
        if label == Some(None) {
            continue;
        }
        rows.push(Row {
            text: cells[content].to_owned(),
            label: label.flatten(),
            reason: why
                .map_or(Ok(None), |at| reason(cells[at], why_confidence.map_or("", |at| cells[at])))
                .with_context(|| format!("line {number}"))?,
            article: article
                .map_or(Ok(None), |at| article_split(cells[at]))
                .with_context(|| format!("line {number}"))?,
            biased: position.is_some_and(|at| matches!(cells[at], "head" | "tail")),
            origin: None,
        });
    }
    Ok(rows)
}

fn article_split(cell: &str) -> Result<Option<ArticleSplit>> {
    Ok(match cell {
        "" => None,
        "train" => Some(ArticleSplit::Train),
        "validation" => Some(ArticleSplit::Validation),
        "test" => Some(ArticleSplit::Test),
        other => bail!("“{other}” is no article_split: use train, validation, test or nothing"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_found_by_name() {
        let rows = rows("position\tlabel\tarticle_split\ttext\nhead\tnegative\t\tno \"luck\"\nrandom\tpositive\tvalidation\tyay\n", plain).unwrap();
        assert_eq!(
            rows[0],
            Row {
                text: "no \"luck\"".to_owned(),
                label: Some(Label::Negative),
                reason: None,
                article: None,
                biased: true,
                origin: None,
            }
        );
        assert_eq!(rows[1].article, Some(ArticleSplit::Validation));
        assert!(!rows[1].biased);
    }

    #[test]
    fn a_bad_row_is_named_by_its_line() {
        let error = rows("label\ttext\npositive\tfine\nsad\tno\n", plain).unwrap_err();
        assert!(format!("{error:#}").contains("line 3"), "{error:#}");
        let error = rows("label\ttext\npositive\n", plain).unwrap_err();
        assert!(format!("{error:#}").contains("line 2 has 1 columns"), "{error:#}");
    }

    #[test]
    fn a_missing_column_lists_those_that_are_there() {
        let error = rows("sentiment\ttweet\n", plain).unwrap_err();
        assert!(format!("{error:#}").contains("sentiment, tweet"), "{error:#}");
    }

    #[test]
    fn without_a_column_of_labels_no_row_has_one() {
        let rows = rows("text\nle train part\n", of_deft).unwrap();
        assert_eq!((rows.len(), rows[0].label), (1, None));
    }

    #[test]
    fn what_deft_calls_objective_is_neutral_and_what_is_mixed_is_left_out() {
        let text = "label\ttext\nobjective\tle train part\nmixed\tbof\npositive\tsuper\n";
        let labels: Vec<Label> =
            rows(text, of_deft).unwrap().into_iter().filter_map(|row| row.label).collect();
        assert_eq!(labels, [Label::Neutral, Label::Positive]);
        assert!(rows(text, plain).is_err());
    }
}
