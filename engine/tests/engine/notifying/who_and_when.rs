//! Who is told of what, and when not.

use domain::{
    Campaign, Channel, ChannelKind, Delivery, Event, Hold, IncidentAction, IncidentEntry,
    IncidentEntryId, IncidentId, Outcome, Reviewer, Severity, WatchRules,
};
use jiff::Timestamp;
use uuid::Uuid;

use super::{
    desk::{Desk, at, channel, new_watch},
    receiver::Receiver,
};

/// A desk with one channel that hears everything.
async fn heard() -> (Receiver, Desk) {
    let receiver = Receiver::start(&[]).await;
    let desk = Desk::new(&[channel(ChannelKind::Webhook, &receiver.url())]).await;
    (receiver, desk)
}

async fn rules(desk: &Desk, rules: WatchRules) {
    assert!(desk.store.put_watch_rules(desk.watch.id, &rules).await.unwrap());
}

/// From ten at night to seven in the morning; noon in London is noon.
fn night() -> WatchRules {
    let json = r#"{"quiet_hours": {"zone": "Europe/London", "from": "22:00", "until": "07:00"}}"#;
    serde_json::from_str(json).unwrap()
}

async fn act(desk: &Desk, incident: IncidentId, action: IncidentAction) {
    let id = IncidentEntryId(Uuid::now_v7());
    let entry = IncidentEntry { id, by: Reviewer::local(), at: at(0), action };
    desk.store.append_incident_entry(incident, &entry).await.unwrap().unwrap();
}

fn told(about: &[Delivery]) -> Vec<(Event, Severity)> {
    let delivered = |told: &&Delivery| matches!(told.outcome, Some((Outcome::Delivered, _)));
    about.iter().filter(delivered).map(|told| (told.event, told.severity)).collect()
}

const LATE_NIGHT: i64 = 11 * 60;
const MORNING: i64 = 19 * 60;

#[tokio::test]
async fn a_channel_hears_of_its_watches_and_of_what_is_bad_enough() {
    let receiver = Receiver::start(&[]).await;
    let all = channel(ChannelKind::Webhook, &receiver.url());
    let desk = Desk::new(std::slice::from_ref(&all)).await;
    let (delta, demo) = (new_watch("Delta", false), new_watch("Vigie Air", true));
    for watch in [&delta, &demo] {
        desk.store.put_watch(watch).await.unwrap();
    }
    let bad = Channel {
        least_severity: Severity::Critical,
        ..channel(ChannelKind::Webhook, &receiver.url())
    };
    let some = Channel {
        watches: vec![delta.id, demo.id],
        ..channel(ChannelKind::Webhook, &receiver.url())
    };
    for channel in [&bad, &some] {
        desk.store.put_channel(channel).await.unwrap();
    }
    let mut channels = Vec::new();
    for (watch, severity) in
        [(&desk.watch, Severity::High), (&delta, Severity::Critical), (&demo, Severity::High)]
    {
        let incident = desk.record_of(watch, 0, severity, None).await;
        desk.step(1).await;
        let about = desk.about(incident).await;
        channels.push(about.iter().map(|told| told.channel_id).collect::<Vec<_>>());
    }
    for told in &mut channels {
        told.sort();
    }
    let sorted = |mut ids: Vec<_>| {
        ids.sort();
        ids
    };
    assert_eq!(channels, [vec![all.id], sorted(vec![all.id, bad.id, some.id]), vec![some.id]]);
    let simulated = receiver.heard().last().unwrap().json();
    let summary = simulated["commonAnnotations"]["summary"].as_str().unwrap().to_owned();
    assert!(summary.ends_with("(simulated)"), "{summary}");
}

#[tokio::test]
async fn what_grows_worse_is_told_again_and_what_stays_is_not() {
    let (_receiver, desk) = heard().await;
    let incident = desk.record(0, Severity::Moderate, None).await;
    desk.step(1).await;
    desk.record(0, Severity::Moderate, None).await;
    desk.step(2).await;
    desk.record(0, Severity::Critical, None).await;
    desk.step(3).await;
    let expected = [(Event::Opened, Severity::Moderate), (Event::Worsened, Severity::Critical)];
    assert_eq!(told(&desk.about(incident).await), expected);
}

#[tokio::test]
async fn what_is_over_or_long_ago_when_it_is_first_seen_is_no_news() {
    let (receiver, desk) = heard().await;
    desk.record(0, Severity::High, Some(5)).await;
    desk.record(-24 * 60, Severity::High, None).await;
    desk.step(6).await;
    assert!(receiver.heard().is_empty());
}

#[tokio::test]
async fn what_is_reopened_is_told_again() {
    let (_receiver, desk) = heard().await;
    let incident = desk.record(0, Severity::High, None).await;
    desk.step(1).await;
    for (minute, action) in [(2, IncidentAction::Resolve), (3, IncidentAction::Reopen)] {
        act(&desk, incident, action).await;
        desk.step(minute).await;
    }
    let events: Vec<_> = told(&desk.about(incident).await).into_iter().map(|told| told.0).collect();
    assert_eq!(events, [Event::Opened, Event::Ended, Event::Opened]);
}

#[tokio::test]
async fn a_snoozed_incident_that_grows_worse_wakes_nobody() {
    let (_receiver, desk) = heard().await;
    let incident = desk.record(0, Severity::Moderate, None).await;
    desk.step(1).await;
    act(&desk, incident, IncidentAction::Snooze { until: at(60) }).await;
    desk.record(0, Severity::High, None).await;
    desk.step(2).await;
    assert_eq!(desk.about(incident).await.len(), 1);
}

#[tokio::test]
async fn at_night_what_is_not_critical_waits_for_the_morning() {
    let (receiver, desk) = heard().await;
    rules(&desk, night()).await;
    let incident = desk.record(LATE_NIGHT, Severity::High, None).await;
    desk.step(LATE_NIGHT + 1).await;
    assert_eq!(desk.about(incident).await[0].held, Some((Hold::QuietHours, at(MORNING))));
    desk.step(MORNING - 1).await;
    assert!(receiver.heard().is_empty());
    desk.step(MORNING).await;
    assert_eq!(receiver.heard().len(), 1);
}

#[tokio::test]
async fn what_is_over_by_the_morning_is_not_told() {
    let (receiver, desk) = heard().await;
    rules(&desk, night()).await;
    let incident = desk.record(LATE_NIGHT, Severity::High, None).await;
    desk.step(LATE_NIGHT + 1).await;
    desk.record(LATE_NIGHT, Severity::High, Some(LATE_NIGHT + 90)).await;
    desk.step(LATE_NIGHT + 95).await;
    desk.step(MORNING).await;
    assert!(receiver.heard().is_empty());
    let [dropped] = desk.about(incident).await.try_into().unwrap();
    assert_eq!(dropped.outcome, Some((Outcome::Dropped, at(LATE_NIGHT + 95))));
}

#[tokio::test]
async fn what_becomes_critical_at_night_is_told_at_once() {
    let (receiver, desk) = heard().await;
    rules(&desk, night()).await;
    let incident = desk.record(LATE_NIGHT, Severity::High, None).await;
    desk.step(LATE_NIGHT + 1).await;
    desk.record(LATE_NIGHT, Severity::Critical, None).await;
    desk.step(LATE_NIGHT + 2).await;
    assert_eq!(receiver.heard().len(), 1);
    assert_eq!(told(&desk.about(incident).await), [(Event::Opened, Severity::Critical)]);
}

#[tokio::test]
async fn who_was_told_before_the_night_is_told_of_the_end_in_the_morning() {
    let (receiver, desk) = heard().await;
    rules(&desk, night()).await;
    desk.record(0, Severity::High, None).await;
    desk.step(1).await;
    desk.record(0, Severity::High, Some(LATE_NIGHT)).await;
    desk.step(LATE_NIGHT + 1).await;
    assert_eq!(receiver.heard().len(), 1);
    desk.step(MORNING).await;
    assert_eq!(receiver.heard()[1].json()["status"], "resolved");
}

#[tokio::test]
async fn an_end_that_waits_for_the_morning_does_not_hold_back_what_begins_anew() {
    let (receiver, desk) = heard().await;
    rules(&desk, night()).await;
    let incident = desk.record(0, Severity::High, None).await;
    desk.step(1).await;
    act(&desk, incident, IncidentAction::Resolve).await;
    desk.step(LATE_NIGHT).await;
    act(&desk, incident, IncidentAction::Reopen).await;
    desk.record(0, Severity::Critical, None).await;
    desk.step(LATE_NIGHT + 1).await;
    let expected = [(Event::Opened, Severity::High), (Event::Worsened, Severity::Critical)];
    assert_eq!(told(&desk.about(incident).await), expected);
    desk.step(MORNING).await;
    assert_eq!(receiver.heard().len(), 2, "it is not over");
}

#[tokio::test]
async fn a_second_incident_waits_for_the_cooldown_unless_it_is_worse() {
    let (receiver, desk) = heard().await;
    rules(&desk, WatchRules { cooldown_minutes: 30, ..WatchRules::default() }).await;
    desk.record(0, Severity::High, None).await;
    desk.step(1).await;
    let second = desk.record(10, Severity::High, None).await;
    desk.step(11).await;
    assert_eq!(desk.about(second).await[0].held, Some((Hold::Cooldown, at(31))));
    let worse = desk.record(12, Severity::Critical, None).await;
    desk.step(13).await;
    assert_eq!(told(&desk.about(worse).await), [(Event::Opened, Severity::Critical)]);
    desk.step(30).await;
    assert_eq!(receiver.heard().len(), 2);
    desk.step(31).await;
    assert_eq!(receiver.heard().len(), 3);
}

#[tokio::test]
async fn two_incidents_that_are_seen_together_are_one_after_the_other_too() {
    let (receiver, desk) = heard().await;
    rules(&desk, WatchRules { cooldown_minutes: 30, ..WatchRules::default() }).await;
    desk.record(0, Severity::High, None).await;
    desk.record(1, Severity::High, None).await;
    desk.step(2).await;
    assert_eq!(receiver.heard().len(), 1);
}

#[tokio::test]
async fn during_a_campaign_only_what_is_critical_is_told_with_its_name() {
    let (receiver, desk) = heard().await;
    let sale = |from: Timestamp, until| Campaign { name: "Summer sale".to_owned(), from, until };
    let campaigns = vec![sale(at(-60), at(60))];
    rules(&desk, WatchRules { campaigns, ..WatchRules::default() }).await;
    let high = desk.record(0, Severity::High, None).await;
    desk.record(1, Severity::Critical, None).await;
    desk.step(2).await;
    assert_eq!(desk.about(high).await[0].held, Some((Hold::Campaign, at(60))));
    let [told] = receiver.heard().try_into().unwrap();
    let description = told.json()["commonAnnotations"]["description"].as_str().unwrap().to_owned();
    assert!(description.contains("planned campaign Summer sale"), "{description}");
    desk.step(60).await;
    assert_eq!(receiver.heard().len(), 2);
}
