//! What people do about an incident: an append-only file, as feedback is.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Incident, IncidentEntryId, IncidentId, Reviewer, WatchId};

/// An incident and everything that was done about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IncidentFile {
    /// Its name.
    pub id: IncidentId,
    /// The watch that it is of.
    pub watch_id: WatchId,
    /// What the radar says, as far as known.
    pub incident: Incident,
    /// What was done, the oldest first.
    pub entries: Vec<IncidentEntry>,
}

/// One thing that was done about an incident.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IncidentEntry {
    /// Names the entry.
    pub id: IncidentEntryId,
    /// Who did it.
    pub by: Reviewer,
    /// When, to the microsecond.
    pub at: Timestamp,
    /// What.
    pub action: IncidentAction,
}

/// What can be done about an incident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "do")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum IncidentAction {
    /// Somebody has seen it.
    Acknowledge,
    /// It is given to somebody.
    Assign {
        /// Whom.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        to: Reviewer,
    },
    /// Nobody needs to look before then.
    Snooze {
        /// The end of the rest.
        #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
        until: Timestamp,
    },
    /// It is dealt with.
    Resolve,
    /// It was no crisis: the alarm was false.
    Dismiss,
    /// It goes on after all.
    Reopen,
    /// Words for those who come later.
    Note {
        /// 1 to [`Note::MOST_CHARS`] characters.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        text: Note,
    },
}

/// Words of 1 to 2,000 characters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Note(String);

/// Words that are none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a note has 1 to {} characters", Note::MOST_CHARS)]
pub struct NoteError;

impl Note {
    /// The longest note.
    pub const MOST_CHARS: usize = 2_000;

    /// Accepts `text`, without the white space around it.
    ///
    /// # Errors
    /// See [`NoteError`].
    pub fn parse(text: &str) -> Result<Self, NoteError> {
        let text = text.trim();
        let fits = (1..=Self::MOST_CHARS).contains(&text.chars().count());
        if !fits || text.contains('\0') {
            return Err(NoteError);
        }
        Ok(Self(text.to_owned()))
    }

    /// The words.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<Note> for String {
    fn from(note: Note) -> Self {
        note.0
    }
}

impl TryFrom<String> for Note {
    type Error = NoteError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

/// How far an incident has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum IncidentState {
    /// Nobody has looked at it.
    New,
    /// Somebody has.
    Acknowledged,
    /// It rests until its time.
    Snoozed,
    /// It is dealt with.
    Resolved,
    /// It was no crisis.
    Dismissed,
}

impl IncidentState {
    /// Whether somebody still has to do something.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::New | Self::Acknowledged)
    }

    /// Whether somebody has closed it, as dealt with or as no crisis.
    #[must_use]
    pub const fn is_closed(self) -> bool {
        matches!(self, Self::Resolved | Self::Dismissed)
    }

    /// Where `actions`, the oldest first, have led at `now`: the last that says so counts.
    #[must_use]
    pub fn after<'a>(
        actions: impl DoubleEndedIterator<Item = &'a IncidentAction>,
        now: Timestamp,
    ) -> Self {
        let said = actions.rev().find_map(|action| match action {
            IncidentAction::Acknowledge
            | IncidentAction::Reopen
            | IncidentAction::Assign { .. } => Some(Self::Acknowledged),
            IncidentAction::Snooze { until } if *until > now => Some(Self::Snoozed),
            IncidentAction::Snooze { .. } => Some(Self::Acknowledged),
            IncidentAction::Resolve => Some(Self::Resolved),
            IncidentAction::Dismiss => Some(Self::Dismissed),
            IncidentAction::Note { .. } => None,
        });
        said.unwrap_or(Self::New)
    }
}

impl IncidentFile {
    /// How far it has come at `now`: the last entry that says so counts.
    #[must_use]
    pub fn state(&self, now: Timestamp) -> IncidentState {
        IncidentState::after(self.entries.iter().map(|entry| &entry.action), now)
    }

    /// Whether nobody needs to be told any more at `now`: it has ended, or somebody has closed it.
    #[must_use]
    pub fn is_over(&self, now: Timestamp) -> bool {
        self.incident.ended_at.is_some() || self.state(now).is_closed()
    }

    /// Whom it was given to last.
    #[must_use]
    pub fn assignee(&self) -> Option<&Reviewer> {
        self.entries.iter().rev().find_map(|entry| match &entry.action {
            IncidentAction::Assign { to } => Some(to),
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::Severity;

    fn file(actions: Vec<IncidentAction>) -> IncidentFile {
        let at = Timestamp::UNIX_EPOCH;
        let entry = |action| IncidentEntry {
            id: IncidentEntryId(Uuid::nil()),
            by: Reviewer::local(),
            at,
            action,
        };
        let incident = Incident {
            watch: "w".to_owned(),
            started_at: at,
            detected_at: at,
            peak_at: at,
            cause: "late_flight".to_owned(),
            severity: Severity::High,
            confidence: 0.9,
            ended_at: None,
            terms: Vec::new(),
            evidence: 9.0,
            ratio: 3.0,
            volume: 40,
            negatives: 30,
            expected: 10.0,
            tweets: Vec::new(),
        };
        IncidentFile {
            id: IncidentId(Uuid::nil()),
            watch_id: WatchId(Uuid::nil()),
            incident,
            entries: actions.into_iter().map(entry).collect(),
        }
    }

    #[test]
    fn the_last_entry_that_says_so_counts() {
        let now = Timestamp::from_second(100).unwrap();
        let note = IncidentAction::Note { text: Note::parse("seen").unwrap() };
        let state = |actions| file(actions).state(now);
        assert_eq!(state(vec![]), IncidentState::New);
        assert_eq!(state(vec![IncidentAction::Resolve, note]), IncidentState::Resolved);
        assert_eq!(
            state(vec![IncidentAction::Dismiss, IncidentAction::Reopen]),
            IncidentState::Acknowledged
        );
    }

    #[test]
    fn a_rest_ends_by_itself() {
        let until = Timestamp::from_second(100).unwrap();
        let resting = file(vec![IncidentAction::Snooze { until }]);
        assert_eq!(resting.state(Timestamp::from_second(99).unwrap()), IncidentState::Snoozed);
        assert_eq!(resting.state(until), IncidentState::Acknowledged);
    }

    #[test]
    fn an_action_is_written_with_what_it_does() {
        let to = Reviewer::parse("Zoé").unwrap();
        let json = serde_json::to_value(IncidentAction::Assign { to }).unwrap();
        assert_eq!(json, serde_json::json!({"do": "assign", "to": "Zoé"}));
        assert_eq!(file(vec![]).assignee(), None);
        let note: Result<IncidentAction, _> =
            serde_json::from_str(r#"{"do": "note", "text": " "}"#);
        assert!(note.is_err());
    }
}
