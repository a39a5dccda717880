//! What the page Watch shows: the watches, and how one of them went.

use domain::{
    ComplaintCount, CoursePoint, IncidentFile, SourceReport, Span, StreamTweet, Watch, WatchRules,
};
use engine::Precision;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::what_if::Asked;

/// All watches, and the one that is looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct Lookout {
    /// By name.
    pub watches: Vec<Watch>,
    /// `None` if there are none.
    pub view: Option<View>,
    /// What tweets come from by themselves.
    pub sources: Vec<SourceReport>,
    /// When it was put together, on the service's clock.
    pub now: Timestamp,
}

/// How a watch went.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// The watch.
    pub watch: Watch,
    /// The time that is shown.
    pub span: Span,
    /// The stretch of it that complaints, tweets and incidents are of; all of it if `None`.
    pub stretch: Option<Span>,
    /// When its newest tweet was written.
    pub newest_at: Option<Timestamp>,
    /// The oldest first.
    pub points: Vec<CoursePoint>,
    /// What the negative tweets complain of, most first.
    pub reasons: Vec<ComplaintCount>,
    /// Incidents of the watch, newest first.
    pub incidents: Vec<IncidentFile>,
    /// Negative tweets, newest first.
    pub tweets: Vec<StreamTweet>,
    /// When it keeps quiet.
    pub rules: WatchRules,
    /// How often it was right.
    pub precision: Precision,
    /// What another threshold would have done, if that is asked.
    pub what_if: Option<Asked>,
}

/// How much time is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Range {
    /// By the quarter of an hour.
    #[default]
    Day,
    /// By two hours.
    Week,
    /// By six hours.
    Month,
}

impl Range {
    /// All, the shortest first.
    pub const ALL: [Self; 3] = [Self::Day, Self::Week, Self::Month];

    /// Its name in the address.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
        }
    }

    /// The range that the address names; the shortest if it names none.
    pub fn named(name: &str) -> Self {
        Self::ALL.into_iter().find(|range| range.name() == name).unwrap_or_default()
    }

    /// Seconds of one point.
    pub const fn seconds(self) -> u32 {
        match self {
            Self::Day => 15 * 60,
            Self::Week => 2 * 3600,
            Self::Month => 6 * 3600,
        }
    }
}

/// What a button of the page does about an incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    Acknowledge,
    Assign,
    Snooze,
    Resolve,
    Dismiss,
    Reopen,
    Note,
}

impl Step {
    /// Its name in a form.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Acknowledge => "acknowledge",
            Self::Assign => "assign",
            Self::Snooze => "snooze",
            Self::Resolve => "resolve",
            Self::Dismiss => "dismiss",
            Self::Reopen => "reopen",
            Self::Note => "note",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_range_and_step_is_read_back_from_its_name() {
        for range in Range::ALL {
            assert_eq!(Range::named(range.name()), range);
        }
        for step in [Step::Acknowledge, Step::Assign, Step::Snooze, Step::Note, Step::Dismiss] {
            assert_eq!(serde_json::to_value(step).unwrap(), step.name());
        }
    }
}
