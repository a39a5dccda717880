//! When a watch rather keeps quiet.

use jiff::{Timestamp, civil::Time};
use serde::{Deserialize, Serialize};

/// What is asked before people are told of a watch.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WatchRules {
    /// Evidence that an incident takes, in nats: 3 to 30; the radar's own, 6, if it is left out. More means fewer incidents.
    #[cfg_attr(feature = "openapi", schema(minimum = 3, maximum = 30, example = 8))]
    pub threshold: Option<u32>,
    /// After people were told of an incident, a further one that is not worse waits so long: 0 to 1,440 minutes.
    #[cfg_attr(feature = "openapi", schema(maximum = 1440, example = 30))]
    pub cooldown_minutes: u32,
    /// In these hours only what is critical is told.
    pub quiet_hours: Option<QuietHours>,
    /// In these times only what is critical is told, with the campaign's name.
    pub campaigns: Vec<Campaign>,
}

/// A time of each day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QuietHours {
    /// Whose clock counts: a name of the IANA database.
    #[cfg_attr(feature = "openapi", schema(example = "Europe/Paris"))]
    pub zone: String,
    /// When they begin.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "22:00:00"))]
    pub from: Time,
    /// When they end, on the next day if that is earlier.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "07:00:00"))]
    pub until: Time,
}

/// A time in which more is tweeted because something was planned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Campaign {
    /// What it is called: 1 to 60 characters.
    #[cfg_attr(
        feature = "openapi",
        schema(min_length = 1, max_length = 60, example = "Summer sale")
    )]
    pub name: String,
    /// Its first moment.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub from: Timestamp,
    /// The first moment after it.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub until: Timestamp,
}

/// Rules that mean nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WatchRulesError {
    /// Longer than a day.
    #[error("a cooldown has 0 to {} minutes", WatchRules::MOST_COOLDOWN_MINUTES)]
    Cooldown,
    /// Too easily passed, or never.
    #[error(
        "a threshold is a whole number of {} to {} nats",
        WatchRules::LEAST_THRESHOLD,
        WatchRules::MOST_THRESHOLD
    )]
    Threshold,
    /// There is no such time zone.
    #[error("there is no time zone “{0}”: write a name such as Europe/Paris")]
    Zone(String),
    /// All day, or none of it.
    #[error("quiet hours begin and end at different times")]
    QuietHours,
    /// A campaign without a name, or that ends before it begins, or one too many.
    #[error(
        "a campaign has a name of 1 to 60 characters and ends after it begins, and a watch has at most {} of them",
        WatchRules::MOST_CAMPAIGNS
    )]
    Campaign,
}

impl WatchRules {
    /// The lowest threshold.
    pub const LEAST_THRESHOLD: u32 = 3;
    /// The highest threshold.
    pub const MOST_THRESHOLD: u32 = 30;
    /// The longest cooldown.
    pub const MOST_COOLDOWN_MINUTES: u32 = 1_440;
    /// The most campaigns of a watch.
    pub const MOST_CAMPAIGNS: usize = 100;

    /// Whether these can be kept to; of the time zone only a clock knows.
    ///
    /// # Errors
    /// See [`WatchRulesError`].
    pub fn check(&self) -> Result<(), WatchRulesError> {
        if self.cooldown_minutes > Self::MOST_COOLDOWN_MINUTES {
            return Err(WatchRulesError::Cooldown);
        }
        let thresholds = Self::LEAST_THRESHOLD..=Self::MOST_THRESHOLD;
        if self.threshold.is_some_and(|threshold| !thresholds.contains(&threshold)) {
            return Err(WatchRulesError::Threshold);
        }
        if self.quiet_hours.as_ref().is_some_and(|quiet| quiet.from == quiet.until) {
            return Err(WatchRulesError::QuietHours);
        }
        let is_one = |campaign: &Campaign| {
            (1..=60).contains(&campaign.name.trim().chars().count())
                && !campaign.name.chars().any(char::is_control)
                && campaign.from < campaign.until
        };
        let fits = self.campaigns.len() <= Self::MOST_CAMPAIGNS;
        if fits && self.campaigns.iter().all(is_one) {
            Ok(())
        } else {
            Err(WatchRulesError::Campaign)
        }
    }

    /// The campaign in which `at` lies.
    #[must_use]
    pub fn campaign(&self, at: Timestamp) -> Option<&Campaign> {
        self.campaigns.iter().find(|campaign| campaign.from <= at && at < campaign.until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn campaign(from: i64, until: i64) -> Campaign {
        let at = |second| Timestamp::from_second(second).unwrap();
        Campaign { name: "sale".to_owned(), from: at(from), until: at(until) }
    }

    #[test]
    fn a_campaign_holds_from_its_first_moment_to_before_its_end() {
        let rules = WatchRules { campaigns: vec![campaign(10, 20)], ..WatchRules::default() };
        let name = |second| rules.campaign(Timestamp::from_second(second).unwrap()).is_some();
        assert_eq!([9, 10, 19, 20].map(name), [false, true, true, false]);
        assert_eq!(rules.check(), Ok(()));
    }

    #[test]
    fn rules_that_mean_nothing_are_refused() {
        let turned = WatchRules { campaigns: vec![campaign(20, 10)], ..WatchRules::default() };
        assert_eq!(turned.check(), Err(WatchRulesError::Campaign));
        let long = WatchRules { cooldown_minutes: 1_441, ..WatchRules::default() };
        assert_eq!(long.check(), Err(WatchRulesError::Cooldown));
        let easy = WatchRules { threshold: Some(2), ..WatchRules::default() };
        assert_eq!(easy.check(), Err(WatchRulesError::Threshold));
        let json =
            r#"{"quiet_hours": {"zone": "Europe/Paris", "from": "22:00", "until": "22:00"}}"#;
        let always: WatchRules = serde_json::from_str(json).unwrap();
        assert_eq!(always.check(), Err(WatchRulesError::QuietHours));
    }
}
