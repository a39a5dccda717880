//! Why and until when a message waits.

use domain::{Event, Hold, QuietHours, Severity, WatchRules};
use jiff::{SignedDuration, Timestamp, civil::DateTime, tz::TimeZone};

/// One wait may lead into the next, such as from a campaign into the night; after so many that is enough.
const MOST_WAITS: usize = 8;

/// What a message is about, as far as that decides when it is sent.
#[derive(Clone, Copy, Debug)]
pub struct Matter<'a> {
    /// What holds messages of its watch back.
    pub rules: &'a WatchRules,
    /// What has happened.
    pub event: Event,
    /// How bad the incident is.
    pub severity: Severity,
    /// When the same people were last told of an incident of the watch, and how bad that was.
    pub newest_alarm: Option<(Timestamp, Severity)>,
}

impl Matter<'_> {
    /// The reason why a message waits at `now`, and the end of its wait; `None` if it is to be sent at once.
    pub fn held(&self, now: Timestamp) -> Option<(Hold, Timestamp)> {
        let (first, mut until) = self.held_at(now)?;
        for _ in 1..MOST_WAITS {
            let Some((_, later)) = self.held_at(until) else { break };
            until = later;
        }
        Some((first, until))
    }

    fn held_at(&self, at: Timestamp) -> Option<(Hold, Timestamp)> {
        let cooled = self.cooled_at(at).filter(|until| at < *until);
        if let Some(until) = cooled {
            return Some((Hold::Cooldown, until));
        }
        if self.severity == Severity::Critical {
            return None;
        }
        let campaign = self.rules.campaign(at).filter(|_| self.event != Event::Ended);
        if let Some(campaign) = campaign {
            return Some((Hold::Campaign, campaign.until));
        }
        let until = end_of_quiet(self.rules.quiet_hours.as_ref()?, at)?;
        Some((Hold::QuietHours, until))
    }

    /// When people can bear a new incident that is no worse than the last, of which they were told, or are told later.
    fn cooled_at(&self, now: Timestamp) -> Option<Timestamp> {
        let (told, severity) = self.newest_alarm?;
        let minutes = i64::from(self.rules.cooldown_minutes);
        let is_new = self.event == Event::Opened && self.severity <= severity;
        let begin = told.min(now);
        let end = begin.checked_add(SignedDuration::from_mins(minutes)).unwrap_or(begin);
        (is_new && minutes > 0).then_some(end)
    }
}

/// The end of the quiet hours in which `at` lies.
fn end_of_quiet(quiet: &QuietHours, at: Timestamp) -> Option<Timestamp> {
    // A zone that was known when it was given may be missing on another machine: better loud than lost.
    let zone = TimeZone::get(&quiet.zone).ok()?;
    let local = at.to_zoned(zone.clone());
    let (from, until, time) = (quiet.from, quiet.until, local.time());
    let is_today = if from < until { (from..until).contains(&time) } else { time < until };
    let is_over_midnight = from > until && time >= from;
    let date = match (is_today, is_over_midnight) {
        (true, _) => local.date(),
        (_, true) => local.date().tomorrow().ok()?,
        _ => return None,
    };
    let end = date.to_datetime(until).to_zoned(zone).ok()?.timestamp();
    // When clocks are set back an hour comes twice, and the first end may be behind.
    let soon = at.checked_add(SignedDuration::from_mins(1)).unwrap_or(at);
    Some(if at < end { end } else { soon })
}

/// Whether quiet hours can be kept in this zone.
pub fn is_known(zone: &str) -> bool {
    TimeZone::get(zone).is_ok()
}

/// The moment at which clocks in `zone` show `time`; `None` if there is no such zone.
#[must_use]
pub fn moment_in(zone: &str, time: DateTime) -> Option<Timestamp> {
    Some(time.to_zoned(TimeZone::get(zone).ok()?).ok()?.timestamp())
}

#[cfg(test)]
mod tests {
    use domain::Campaign;

    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn night() -> WatchRules {
        serde_json::from_str(
            r#"{"cooldown_minutes": 30,
                "quiet_hours": {"zone": "Europe/Paris", "from": "22:00", "until": "07:00"}}"#,
        )
        .unwrap()
    }

    fn matter(rules: &WatchRules, severity: Severity) -> Matter<'_> {
        Matter { rules, event: Event::Opened, severity, newest_alarm: None }
    }

    #[test]
    fn a_night_in_paris_ends_at_seven_in_paris() {
        let rules = night();
        let held = |now| matter(&rules, Severity::High).held(at(now));
        let end = Some((Hold::QuietHours, at("2026-01-16T06:00:00Z")));
        assert_eq!(held("2026-01-15T21:00:00Z"), end);
        assert_eq!(held("2026-01-16T05:59:59Z"), end);
        assert_eq!(held("2026-01-15T20:59:59Z"), None);
        assert_eq!(held("2026-01-16T06:00:00Z"), None);
        let summer = Some((Hold::QuietHours, at("2026-07-16T05:00:00Z")));
        assert_eq!(held("2026-07-15T20:00:00Z"), summer);
    }

    #[test]
    fn the_night_in_which_clocks_change_ends_by_the_clock() {
        let rules = night();
        let held = |now| matter(&rules, Severity::Low).held(at(now));
        assert_eq!(
            held("2026-03-29T00:30:00Z"),
            Some((Hold::QuietHours, at("2026-03-29T05:00:00Z")))
        );
        assert_eq!(
            held("2026-10-25T00:30:00Z"),
            Some((Hold::QuietHours, at("2026-10-25T06:00:00Z")))
        );
    }

    #[test]
    fn what_is_critical_is_told_at_night() {
        let rules = night();
        assert_eq!(matter(&rules, Severity::Critical).held(at("2026-01-16T01:00:00Z")), None);
    }

    #[test]
    fn an_incident_soon_after_another_waits_unless_it_is_worse() {
        let rules = night();
        let told = Some((at("2026-01-16T12:00:00Z"), Severity::High));
        let held = |severity| {
            let matter = Matter { newest_alarm: told, ..matter(&rules, severity) };
            matter.held(at("2026-01-16T12:10:00Z"))
        };
        assert_eq!(held(Severity::High), Some((Hold::Cooldown, at("2026-01-16T12:30:00Z"))));
        assert_eq!(held(Severity::Critical), None);
        let late = Matter { newest_alarm: told, ..matter(&rules, Severity::Low) };
        assert_eq!(late.held(at("2026-01-16T12:30:00Z")), None);
    }

    #[test]
    fn without_a_cooldown_an_alarm_that_waits_itself_holds_nothing_back() {
        let rules = WatchRules::default();
        let later = Some((at("2026-01-26T12:00:00Z"), Severity::High));
        let matter = Matter { newest_alarm: later, ..matter(&rules, Severity::High) };
        assert_eq!(matter.held(at("2026-01-16T12:00:00Z")), None);
    }

    #[test]
    fn one_wait_leads_into_the_next() {
        let campaign = Campaign {
            name: "sale".to_owned(),
            from: at("2026-01-15T08:00:00Z"),
            until: at("2026-01-15T22:00:00Z"),
        };
        let rules = WatchRules { campaigns: vec![campaign], ..night() };
        let held = matter(&rules, Severity::High).held(at("2026-01-15T12:00:00Z"));
        assert_eq!(held, Some((Hold::Campaign, at("2026-01-16T06:00:00Z"))));
        assert_eq!(matter(&rules, Severity::Critical).held(at("2026-01-15T12:00:00Z")), None);
    }
}
