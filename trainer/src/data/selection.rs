//! Which rows may be used, and for what.

use std::collections::{HashMap, HashSet};

use domain::Label;

use super::{ArticleSplit, Fingerprint, Row};
use crate::recipe::Kind;

/// What happens to a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// It is learnt from.
    Train,
    /// It is chosen by.
    Validate,
    /// Its text is also that of a better row.
    Duplicate,
    /// Rows of its text disagree on the label.
    Conflict,
    /// Its text is in a test.
    InTest,
}

/// A row as a candidate, in the order of the recipe's sources.
pub struct Candidate<'a> {
    /// The row.
    pub row: &'a Row,
    /// Who labelled it, if its label counts.
    pub kind: Option<Kind>,
    /// Share of its source's rows to validate on.
    pub validation: f64,
}

/// Decides for each candidate. Of a text's copies the first is kept, one that people labelled
/// before one that emoticons did, and that before one without a label; where those of the best kind
/// disagree, none is.
pub fn select(candidates: &[Candidate<'_>], tests: &HashSet<Fingerprint>) -> Vec<Use> {
    let prints: Vec<Fingerprint> =
        candidates.iter().map(|c| Fingerprint::of(&c.row.text)).collect();
    let mut copies: HashMap<Fingerprint, Vec<usize>> = HashMap::new();
    for (index, print) in prints.iter().enumerate() {
        copies.entry(*print).or_default().push(index);
    }
    let mut uses = vec![Use::Duplicate; candidates.len()];
    for (print, copies) in &copies {
        if tests.contains(print) {
            copies.iter().for_each(|&index| uses[index] = Use::InTest);
            continue;
        }
        let best_kind = copies.iter().map(|&index| candidates[index].kind).max().flatten();
        let is_best = |index: &usize| candidates[*index].kind == best_kind;
        let best: Vec<usize> = copies.iter().copied().filter(is_best).collect();
        let labels: HashSet<Option<Label>> =
            best.iter().map(|&index| candidates[index].row.label).collect();
        if labels.len() > 1 {
            best.iter().for_each(|&index| uses[index] = Use::Conflict);
        } else {
            uses[best[0]] = split(&candidates[best[0]], *print);
        }
    }
    uses
}

/// Training or validation, by the text alone, or what it was made from, where there is a choice.
fn split(candidate: &Candidate<'_>, print: Fingerprint) -> Use {
    match candidate.row.article {
        Some(ArticleSplit::Train) => Use::Train,
        Some(ArticleSplit::Validation) if candidate.validation > 0.0 => Use::Validate,
        Some(ArticleSplit::Validation) => Use::Train,
        // The article's test rows are of a test file, so one met here was copied into training.
        Some(ArticleSplit::Test) => Use::InTest,
        None if candidate.row.biased => Use::Train,
        None if candidate.row.origin.unwrap_or(print).share() < candidate.validation => {
            Use::Validate
        }
        None => Use::Train,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(text: &str, label: impl Into<Option<Label>>) -> Row {
        let (reason, article, origin) = (None, None, None);
        Row { text: text.to_owned(), label: label.into(), reason, article, biased: false, origin }
    }

    fn uses(rows: &[(Row, Kind, f64)], tests: &[&str]) -> Vec<Use> {
        let candidates: Vec<_> = rows
            .iter()
            .map(|(row, kind, validation)| Candidate {
                row,
                kind: Some(*kind),
                validation: *validation,
            })
            .collect();
        select(&candidates, &tests.iter().map(|text| Fingerprint::of(text)).collect())
    }

    #[test]
    fn a_text_of_a_test_is_refused_however_it_is_written() {
        let rows = [(row("@united LATE again", Label::Negative), Kind::Human, 0.0)];
        assert_eq!(uses(&rows, &["@delta late   again"]), [Use::InTest]);
        assert_eq!(uses(&rows, &["late again"]), [Use::Train]);
    }

    #[test]
    fn of_equal_texts_one_is_kept() {
        let copy = (row("so late", Label::Negative), Kind::Human, 0.0);
        assert_eq!(uses(&[copy.clone(), copy], &[]), [Use::Train, Use::Duplicate]);
    }

    #[test]
    fn equal_texts_with_different_labels_are_all_dropped() {
        let rows = [
            (row("so late", Label::Negative), Kind::Human, 0.0),
            (row("So late", Label::Neutral), Kind::Human, 0.0),
        ];
        assert_eq!(uses(&rows, &[]), [Use::Conflict, Use::Conflict]);
    }

    #[test]
    fn people_are_believed_before_emoticons() {
        let rows = [
            (row("on my way", Label::Positive), Kind::Distant, 0.0),
            (row("on my way", Label::Neutral), Kind::Human, 0.0),
        ];
        assert_eq!(uses(&rows, &[]), [Use::Duplicate, Use::Train]);
    }

    #[test]
    fn a_label_goes_before_none() {
        let copies = [row("on my way", None), row("on my way", Label::Positive)];
        let candidate = |row, kind| Candidate { row, kind, validation: 0.0 };
        let candidates = [candidate(&copies[0], None), candidate(&copies[1], Some(Kind::Distant))];
        assert_eq!(select(&candidates, &HashSet::new()), [Use::Duplicate, Use::Train]);
    }

    #[test]
    fn what_was_made_from_one_template_is_not_parted() {
        let rows: Vec<_> = (0..400)
            .map(|n| {
                let mut row = row(&format!("text {n}"), Label::Positive);
                row.origin = Some(Fingerprint::of(&format!("template {}", n / 4)));
                (row, Kind::Human, 0.5)
            })
            .collect();
        let uses = uses(&rows, &[]);
        assert!(uses.chunks(4).all(|uses| uses.iter().all(|used| *used == uses[0])));
        assert!(uses.contains(&Use::Train) && uses.contains(&Use::Validate));
    }

    #[test]
    fn the_article_s_split_is_kept_and_biased_rows_never_validate() {
        let mut rows: Vec<_> = (0..5)
            .map(|n| (row(&format!("text {n}"), Label::Positive), Kind::Distant, 0.999_999))
            .collect();
        rows[0].0.article = Some(ArticleSplit::Train);
        rows[1].0.article = Some(ArticleSplit::Validation);
        rows[2].0.article = Some(ArticleSplit::Test);
        rows[3].0.biased = true;
        assert_eq!(
            uses(&rows, &[]),
            [Use::Train, Use::Validate, Use::InTest, Use::Train, Use::Validate]
        );
    }
}
