//! What is reviewed, and what was said of it.

use std::{collections::BTreeMap, fmt, str::FromStr};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{AnalysisId, Label, ReviewActId, Reviewer, WatchId};

/// Names something that can be reviewed. An analysis is named by its id, a tweet of a watch by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum ReviewItemId {
    /// A text that was analysed.
    Analysis(AnalysisId),
    /// A tweet of a watch.
    Tweet(u64),
}

/// A name that is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” names nothing that can be reviewed: take an id from the queue")]
pub struct UnknownReviewItem(String);

impl fmt::Display for ReviewItemId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Analysis(id) => id.fmt(f),
            Self::Tweet(place) => place.fmt(f),
        }
    }
}

impl FromStr for ReviewItemId {
    type Err = UnknownReviewItem;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let place = name.parse().ok().filter(|place| i64::try_from(*place).is_ok());
        let analysis = || name.parse::<Uuid>().ok().map(|id| Self::Analysis(AnalysisId(id)));
        let unknown = || UnknownReviewItem(name.chars().take(40).collect());
        place.map(Self::Tweet).or_else(analysis).ok_or_else(unknown)
    }
}

impl From<ReviewItemId> for String {
    fn from(id: ReviewItemId) -> Self {
        id.to_string()
    }
}

impl TryFrom<String> for ReviewItemId {
    type Error = UnknownReviewItem;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        name.parse()
    }
}

/// A text with the verdict on it and everything that people said of it.
#[derive(Clone, Debug, PartialEq)]
pub struct ReviewItem {
    /// Its name.
    pub id: ReviewItemId,
    /// The watch that it came for, if it did.
    pub watch_id: Option<WatchId>,
    /// The text; `None` once its retention time is over.
    pub text: Option<String>,
    /// What the model says, or the source that knew.
    pub label: Label,
    /// How sure that is, 0 to 1.
    pub confidence: f32,
    /// When it was analysed, or written.
    pub at: Timestamp,
    /// What was said of it, the oldest first.
    pub log: Vec<Said>,
}

/// What a reviewer said of an item, once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// Who.
    pub reviewer: Reviewer,
    /// What it feels like; `None` if they skipped it, or took back what they had said.
    pub label: Option<Label>,
    /// When.
    pub at: Timestamp,
    /// The act of review that it was part of; `None` for a thumb.
    pub act: Option<ReviewActId>,
    /// Whether that act was undone: then it counts for nothing.
    pub undone: bool,
}

impl ReviewItem {
    /// What counts: of each reviewer the latest that was not undone.
    #[must_use]
    pub fn in_force(&self) -> Vec<&Said> {
        let mut latest: BTreeMap<&str, &Said> = BTreeMap::new();
        for said in self.log.iter().filter(|said| !said.undone) {
            latest.insert(said.reviewer.as_str(), said);
        }
        latest.into_values().collect()
    }

    /// The labels that count, each with its reviewer.
    pub fn labels(&self) -> impl Iterator<Item = (&Reviewer, Label)> {
        let labelled = |said: &Said| said.label.is_some();
        let in_force = self.in_force().into_iter().filter(move |said| labelled(said));
        in_force.filter_map(|said| Some((&said.reviewer, said.label?)))
    }

    /// What `reviewer` says that it feels like.
    #[must_use]
    pub fn label_by(&self, reviewer: &Reviewer) -> Option<Label> {
        self.labels().find(|(by, _)| *by == reviewer).map(|(_, label)| label)
    }

    /// Whether `reviewer` has labelled or skipped it. Who takes a thumb back has not.
    #[must_use]
    pub fn is_seen_by(&self, reviewer: &Reviewer) -> bool {
        let decides = |said: &&Said| said.label.is_some() || said.act.is_some();
        self.in_force().into_iter().filter(decides).any(|said| said.reviewer == *reviewer)
    }

    /// Whether a person's label differs from the model's, or from another person's.
    #[must_use]
    pub fn is_disputed(&self) -> bool {
        self.labels().any(|(_, label)| label != self.label)
    }
}

/// One thing that a reviewer did: one label, or none, for one item or many. It is undone as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewAct {
    /// Its name.
    pub id: ReviewActId,
    /// Who.
    pub reviewer: Reviewer,
    /// What the items feel like; `None` if they were skipped.
    pub label: Option<Label>,
    /// How many items it is about.
    pub items: u64,
    /// When.
    pub at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(label: Label, log: &[(&str, Option<Label>, bool, bool)]) -> ReviewItem {
        let said =
            |(place, (who, label, reviewed, undone)): (usize, &(&str, _, bool, bool))| Said {
                reviewer: Reviewer::parse(who).unwrap(),
                label: *label,
                at: Timestamp::from_second(place as i64).unwrap(),
                act: reviewed.then_some(ReviewActId(Uuid::nil())),
                undone: *undone,
            };
        ReviewItem {
            id: ReviewItemId::Tweet(7),
            watch_id: None,
            text: Some("late".to_owned()),
            label,
            confidence: 0.5,
            at: Timestamp::UNIX_EPOCH,
            log: log.iter().enumerate().map(said).collect(),
        }
    }

    fn labels(item: &ReviewItem) -> Vec<(&str, Label)> {
        item.labels().map(|(by, label)| (by.as_str(), label)).collect()
    }

    #[test]
    fn a_name_is_read_back_and_another_is_refused() {
        let id = "0190b3a5-0000-7000-8000-000000000000".parse::<ReviewItemId>().unwrap();
        assert!(matches!(id, ReviewItemId::Analysis(_)));
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!("42".parse(), Ok(ReviewItemId::Tweet(42)));
        for bad in ["", "x", "-1", "18446744073709551615", "42 "] {
            assert!(bad.parse::<ReviewItemId>().is_err(), "{bad}");
        }
    }

    #[test]
    fn the_latest_word_of_each_reviewer_counts_unless_it_was_undone() {
        let item = item(
            Label::Negative,
            &[
                ("ann", Some(Label::Positive), true, false),
                ("bob", Some(Label::Negative), false, false),
                ("ann", Some(Label::Neutral), true, true),
            ],
        );
        assert_eq!(labels(&item), [("ann", Label::Positive), ("bob", Label::Negative)]);
        assert_eq!(item.label_by(&Reviewer::parse("bob").unwrap()), Some(Label::Negative));
    }

    #[test]
    fn what_was_skipped_is_seen_and_what_was_taken_back_is_not() {
        let ann = Reviewer::parse("ann").unwrap();
        assert!(item(Label::Neutral, &[("ann", None, true, false)]).is_seen_by(&ann));
        assert!(!item(Label::Neutral, &[("ann", None, true, true)]).is_seen_by(&ann));
        assert!(!item(Label::Neutral, &[("ann", None, false, false)]).is_seen_by(&ann));
        assert!(!item(Label::Neutral, &[("bob", None, true, false)]).is_seen_by(&ann));
    }

    #[test]
    fn a_dispute_is_with_the_model_or_among_people() {
        let said = |label| ("ann", Some(label), true, false);
        assert!(!item(Label::Neutral, &[]).is_disputed());
        assert!(!item(Label::Neutral, &[said(Label::Neutral)]).is_disputed());
        assert!(item(Label::Neutral, &[said(Label::Positive)]).is_disputed());
        let other = ("bob", Some(Label::Neutral), false, false);
        assert!(item(Label::Neutral, &[said(Label::Positive), other]).is_disputed());
    }
}
