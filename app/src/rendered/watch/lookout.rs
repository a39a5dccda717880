//! What the page Watch shows: the watches, and how one of them went.

use domain::{ComplaintCount, CoursePoint, IncidentFile, Span, StreamTweet, Watch};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// All watches, and the one that is looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct Lookout {
    /// By name.
    pub watches: Vec<Watch>,
    /// `None` if there are none.
    pub view: Option<View>,
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

/// The 95 % interval of a share of `part` in `whole` (Wilson 1927); all shares if there is nothing.
pub fn interval(part: u64, whole: u64) -> (f64, f64) {
    const Z: f64 = 1.959_963_985;
    if whole == 0 {
        return (0.0, 1.0);
    }
    let (count, share) = (whole as f64, part as f64 / whole as f64);
    let denominator = 1.0 + Z * Z / count;
    let middle = (share + Z * Z / (2.0 * count)) / denominator;
    let variance = share * (1.0 - share) / count + Z * Z / (4.0 * count * count);
    let half = Z * variance.sqrt() / denominator;
    ((middle - half).max(0.0), (middle + half).min(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_is_as_in_the_books() {
        let (low, high) = interval(10, 100);
        assert!((low - 0.0552).abs() < 1e-4 && (high - 0.1744).abs() < 1e-4, "{low} {high}");
        assert_eq!(interval(0, 0), (0.0, 1.0));
        assert!(interval(0, 3).1 > 0.5, "three tweets say little");
    }

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
