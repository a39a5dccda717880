//! What people said, as rows that a model can learn from.

use std::collections::{BTreeMap, HashMap};

use crate::{Label, ReviewItem};

/// A text and what people say that it feels like.
#[derive(Clone, Debug, PartialEq)]
pub struct TrainingRow {
    /// On one line, without tabs.
    pub text: String,
    /// What most of them say.
    pub label: Label,
    /// How many have labelled it.
    pub reviewers: usize,
    /// The share of them who say so, 0 to 1.
    pub share: f64,
}

impl TrainingRow {
    /// The columns of a row as `vigie-train` reads them, with tabs between.
    pub const HEADER: &str = "label\ttext\treviewers\tshare\n";

    /// The row with its line break.
    #[must_use]
    pub fn line(&self) -> String {
        format!("{}\t{}\t{}\t{:.3}\n", self.label, self.text, self.reviewers, self.share)
    }
}

/// One row for each text on whose label at least the share `least` of its reviewers agree, in the order of `items`.
/// Without a label that more have given than any other there is no row, whatever the share.
///
/// A text that came more than once is one text: of each reviewer the word that comes first in `items` counts.
#[must_use]
pub fn training_rows(items: impl IntoIterator<Item = ReviewItem>, least: f64) -> Vec<TrainingRow> {
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut texts: Vec<(String, BTreeMap<String, Label>)> = Vec::new();
    for item in items {
        let Some(text) = &item.text else { continue };
        let text = on_one_line(text);
        let place = *places.entry(text.clone()).or_insert(texts.len());
        if place == texts.len() {
            texts.push((text, BTreeMap::new()));
        }
        for (reviewer, label) in item.labels() {
            texts[place].1.entry(reviewer.to_string()).or_insert(label);
        }
    }
    texts.into_iter().filter_map(|(text, labels)| row(text, &labels, least)).collect()
}

fn row(text: String, labels: &BTreeMap<String, Label>, least: f64) -> Option<TrainingRow> {
    let count = |label: Label| labels.values().filter(|given| **given == label).count();
    let label = Label::ALL.into_iter().max_by_key(|label| count(*label))?;
    let most = count(label);
    let is_tied = Label::ALL.into_iter().any(|other| other != label && count(other) == most);
    let share = most as f64 / labels.len().max(1) as f64;
    let agrees = most > 0 && !is_tied && share >= least;
    agrees.then_some(TrainingRow { text, label, reviewers: labels.len(), share })
}

fn on_one_line(text: &str) -> String {
    text.split(char::is_control).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::{ReviewItemId, Reviewer, Said};

    fn item(text: Option<&str>, labels: &[(&str, Label)]) -> ReviewItem {
        let said = |(who, label): &(&str, Label)| Said {
            reviewer: Reviewer::parse(who).unwrap(),
            label: Some(*label),
            at: Timestamp::UNIX_EPOCH,
            act: None,
            undone: false,
        };
        ReviewItem {
            id: ReviewItemId::Tweet(1),
            watch_id: None,
            text: text.map(str::to_owned),
            label: Label::Neutral,
            confidence: 1.0,
            at: Timestamp::UNIX_EPOCH,
            log: labels.iter().map(said).collect(),
        }
    }

    #[test]
    fn only_what_enough_of_them_agree_on_is_a_row() {
        let (negative, positive) = (Label::Negative, Label::Positive);
        let items = || {
            [
                item(Some("one"), &[("ann", negative)]),
                item(Some("most"), &[("ann", negative), ("bob", negative), ("cy", positive)]),
                item(Some("tied"), &[("ann", negative), ("bob", positive)]),
                item(Some("nobody"), &[]),
                item(None, &[("ann", negative)]),
            ]
        };
        let texts = |least| {
            let rows = training_rows(items(), least);
            rows.into_iter().map(|row| row.text).collect::<Vec<_>>()
        };
        assert_eq!(texts(1.0), ["one"]);
        assert_eq!(texts(0.6), ["one", "most"]);
        assert_eq!(texts(0.0), ["one", "most"]);
    }

    #[test]
    fn a_text_that_came_twice_is_one_row() {
        let items = [
            item(Some("late"), &[("ann", Label::Negative)]),
            item(Some("late"), &[("ann", Label::Positive), ("bob", Label::Negative)]),
        ];
        let rows = training_rows(items, 1.0);
        assert_eq!((rows.len(), rows[0].reviewers, rows[0].label), (1, 2, Label::Negative));
    }

    #[test]
    fn a_row_is_one_line_of_four_cells() {
        let rows = training_rows([item(Some("a\tb\r\nc"), &[("ann", Label::Positive)])], 1.0);
        assert_eq!(rows[0].line(), "positive\ta b c\t1\t1.000\n");
        assert_eq!(TrainingRow::HEADER.matches('\t').count(), 3);
    }
}
