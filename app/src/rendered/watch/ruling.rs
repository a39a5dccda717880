//! What the forms about a watch's rules do.

use domain::{Campaign, QuietHours, WatchId, WatchRules, WatchRulesError};
use engine::moment_in;
use jiff::{
    Timestamp,
    civil::{DateTime, Time},
};

use crate::{
    ApiError,
    channel_trouble::ChannelTrouble,
    serving::{engine, told},
};

/// See [`super::api::keep_rules`].
pub async fn keep(
    watch: WatchId,
    threshold: &str,
    cooldown: &str,
    quiet: [&str; 2],
    zone: &str,
) -> Result<(), ApiError> {
    let threshold = own_threshold(threshold)?;
    let cooldown_minutes = number(cooldown)?;
    let quiet_hours = quiet_hours(quiet, zone)?;
    change(watch, |rules| WatchRules { threshold, cooldown_minutes, quiet_hours, ..rules }).await
}

/// See [`super::api::add_campaign`].
pub async fn add_campaign(
    watch: WatchId,
    name: &str,
    times: [&str; 2],
    zone: &str,
) -> Result<(), ApiError> {
    let zone = zone.trim();
    let moment = |text: &str| {
        let time: DateTime = text.trim().parse().map_err(|_| ChannelTrouble::Campaign)?;
        moment_in(zone, time).ok_or(ChannelTrouble::Zone)
    };
    let [from, until] = times.map(moment);
    let campaign = Campaign { name: name.trim().to_owned(), from: from?, until: until? };
    change(watch, |mut rules| {
        rules.campaigns.push(campaign);
        rules.campaigns.sort_by_key(|campaign| campaign.from);
        rules
    })
    .await
}

/// See [`super::api::remove_campaign`].
pub async fn remove_campaign(watch: WatchId, name: &str, from: Timestamp) -> Result<(), ApiError> {
    change(watch, |mut rules| {
        rules.campaigns.retain(|campaign| campaign.name != name || campaign.from != from);
        rules
    })
    .await
}

async fn change(
    watch: WatchId,
    change: impl FnOnce(WatchRules) -> WatchRules,
) -> Result<(), ApiError> {
    let engine = engine()?;
    let rules = change(engine.watch_rules(watch).await.map_err(told)?);
    let kept = engine.put_watch_rules(watch, &rules).await.map_err(told)?;
    if kept? { Ok(()) } else { Err(ApiError::UnknownWatch) }
}

fn own_threshold(nats: &str) -> Result<Option<u32>, ChannelTrouble> {
    match nats.trim() {
        "" => Ok(None),
        nats => nats.parse().map(Some).map_err(|_| ChannelTrouble::Threshold),
    }
}

fn number(minutes: &str) -> Result<u32, ChannelTrouble> {
    match minutes.trim() {
        "" => Ok(0),
        minutes => minutes.parse().map_err(|_| ChannelTrouble::Cooldown),
    }
}

fn quiet_hours(times: [&str; 2], zone: &str) -> Result<Option<QuietHours>, ChannelTrouble> {
    let time = |text: &str| text.trim().parse::<Time>().map_err(|_| ChannelTrouble::QuietHours);
    match times.map(str::trim) {
        ["", ""] => Ok(None),
        [from, until] => {
            let zone = zone.trim().to_owned();
            Ok(Some(QuietHours { zone, from: time(from)?, until: time(until)? }))
        }
    }
}

impl From<WatchRulesError> for ApiError {
    fn from(error: WatchRulesError) -> Self {
        Self::Channels(match error {
            WatchRulesError::Threshold => ChannelTrouble::Threshold,
            WatchRulesError::Cooldown => ChannelTrouble::Cooldown,
            WatchRulesError::Zone(_) => ChannelTrouble::Zone,
            WatchRulesError::QuietHours => ChannelTrouble::QuietHours,
            WatchRulesError::Campaign => ChannelTrouble::Campaign,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quiet_hours_have_both_times_or_none() {
        assert_eq!(quiet_hours(["", " "], "UTC"), Ok(None));
        assert_eq!(quiet_hours(["22:00", ""], "UTC"), Err(ChannelTrouble::QuietHours));
        let night = quiet_hours(["22:00", "07:30"], " Europe/Paris ").unwrap().unwrap();
        assert_eq!((night.zone.as_str(), night.until.minute()), ("Europe/Paris", 30));
    }

    #[test]
    fn no_cooldown_is_none_and_words_are_no_minutes() {
        assert_eq!((number(""), number(" 30 ")), (Ok(0), Ok(30)));
        assert_eq!(number("half an hour"), Err(ChannelTrouble::Cooldown));
        assert_eq!((own_threshold(""), own_threshold(" 8 ")), (Ok(None), Ok(Some(8))));
        assert_eq!(own_threshold("6.5"), Err(ChannelTrouble::Threshold));
    }
}
