//! Channels, what is sent to them, and rules of watches.

use std::{slice::from_ref, sync::Arc};

use domain::{
    Address, Channel, ChannelId, ChannelKind, ChannelName, Delivery, DeliveryId, Event, Hold,
    IncidentAction, IncidentId, Outcome, Secret, Severity, Tongue, Trouble, Watch, WatchRules,
};
use jiff::Timestamp;
use store::Store;
use uuid::Uuid;

use crate::{
    home::at,
    on_both,
    streams::{MINUTE, entry, incident, stored},
};

fn channel(name: &str) -> Channel {
    Channel {
        id: ChannelId(Uuid::now_v7()),
        name: ChannelName::parse(name).unwrap(),
        kind: ChannelKind::Webhook,
        address: Address("https://host/hook?token=1".to_owned()),
        secret: Some(Secret::parse("not-a-real-secret").unwrap()),
        watches: Vec::new(),
        least_severity: Severity::High,
        language: Tongue::French,
        created_at: at(1_700_000_000_000_001),
    }
}

fn message(channel: &Channel, incident: IncidentId, event: Event, due: i64) -> Delivery {
    Delivery {
        id: DeliveryId(Uuid::now_v7()),
        channel_id: channel.id,
        incident_id: Some(incident),
        event,
        severity: Severity::High,
        created_at: at(due),
        held: None,
        due_at: at(due),
        attempts: 0,
        failing_since: None,
        trouble: None,
        outcome: None,
    }
}

/// A channel and two incidents of a watch.
async fn house(store: &dyn Store) -> (Channel, Watch, [IncidentId; 2]) {
    let (channel, watch) = (channel("desk"), stored(store, "United").await);
    assert!(store.put_channel(&channel).await.unwrap());
    let incidents = [1, 2].map(|_| IncidentId(Uuid::now_v7()));
    for (id, minute) in incidents.into_iter().zip(1..) {
        store.record_incident(id, watch.id, &incident(&watch, minute)).await.unwrap();
    }
    (channel, watch, incidents)
}

async fn claimed(store: &dyn Store, now: i64) -> Vec<DeliveryId> {
    let due = store.claim_deliveries(at(now), at(now + MINUTE), 9).await.unwrap();
    due.into_iter().map(|delivery| delivery.id).collect()
}

on_both! {
    async fn a_channel_is_read_back_and_its_name_is_its_own(store: Arc<dyn Store>) {
        let united = stored(&*store, "United").await;
        let desk = Channel { watches: vec![united.id], ..channel("desk") };
        let mail = Channel { kind: ChannelKind::Email, secret: None, ..channel("mail") };
        assert!(store.put_channel(&mail).await.unwrap());
        assert!(store.put_channel(&desk).await.unwrap());
        assert_eq!(store.channels().await.unwrap(), [desk.clone(), mail.clone()]);
        let taken = Channel { name: desk.name.clone(), ..mail.clone() };
        assert!(!store.put_channel(&taken).await.unwrap());
        let changed = Channel { least_severity: Severity::Low, language: Tongue::English, ..mail };
        assert!(store.put_channel(&changed).await.unwrap());
        assert!(store.remove_channel(desk.id).await.unwrap());
        assert!(!store.remove_channel(desk.id).await.unwrap());
        assert_eq!(store.channels().await.unwrap(), [changed]);
    }

    async fn a_watch_has_no_rules_until_it_is_given_some(store: Arc<dyn Store>) {
        let united = stored(&*store, "United").await;
        assert_eq!(store.watch_rules(united.id).await.unwrap(), WatchRules::default());
        let rules: WatchRules = serde_json::from_str(
            r#"{"cooldown_minutes": 30, "quiet_hours": {"zone": "Europe/Paris", "from": "22:00", "until": "07:00"}}"#,
        ).unwrap();
        assert!(store.put_watch_rules(united.id, &rules).await.unwrap());
        assert_eq!(store.watch_rules(united.id).await.unwrap(), rules);
        store.remove_watch(united.id).await.unwrap();
        assert!(!store.put_watch_rules(united.id, &rules).await.unwrap());
    }

    async fn of_two_who_decide_at_once_one_is_heard(store: Arc<dyn Store>) {
        let (channel, _, [one, two]) = house(&*store).await;
        let plan = |incident| vec![message(&channel, incident, Event::Opened, 0)];
        assert_eq!(store.notified_up_to().await.unwrap(), None);
        assert!(store.plan_deliveries(None, 1, Vec::new()).await.unwrap());
        assert!(!store.plan_deliveries(None, 1, plan(one)).await.unwrap());
        assert!(store.plan_deliveries(Some(1), 2, plan(one)).await.unwrap());
        assert!(!store.plan_deliveries(Some(1), 2, plan(one)).await.unwrap());
        assert!(!store.plan_deliveries(Some(1), 2, plan(two)).await.unwrap());
        assert_eq!(store.notified_up_to().await.unwrap(), Some(2));
        assert_eq!(store.deliveries_about(one).await.unwrap().len(), 1);
        assert!(store.deliveries_about(two).await.unwrap().is_empty());
    }

    async fn what_is_claimed_nobody_else_gets_before_its_time(store: Arc<dyn Store>) {
        let (channel, _, [one, two]) = house(&*store).await;
        let (first, later) = (message(&channel, one, Event::Opened, 5), message(&channel, two, Event::Opened, 9));
        store.plan_deliveries(None, 1, vec![first.clone(), later.clone()]).await.unwrap();
        assert_eq!(store.next_delivery_due().await.unwrap(), Some(at(5)));
        assert!(claimed(&*store, 4).await.is_empty());
        assert_eq!(claimed(&*store, 5).await, [first.id]);
        assert!(claimed(&*store, 8).await.is_empty());
        assert_eq!(store.next_delivery_due().await.unwrap(), Some(at(9)));
        assert_eq!(claimed(&*store, 9).await, [later.id]);
        // Whoever had it died.
        assert_eq!(claimed(&*store, 5 + MINUTE).await, [first.id]);
    }

    async fn the_end_of_an_incident_waits_for_its_beginning(store: Arc<dyn Store>) {
        let (channel, _, [one, two]) = house(&*store).await;
        let [begin, end] = [Event::Opened, Event::Ended].map(|event| message(&channel, one, event, 5));
        let other = message(&channel, two, Event::Opened, 5);
        let all = vec![begin.clone(), end.clone(), other.clone()];
        store.plan_deliveries(None, 1, all).await.unwrap();
        assert_eq!(claimed(&*store, 5).await, [begin.id, other.id]);
        assert_eq!(store.next_delivery_due().await.unwrap(), Some(at(5 + MINUTE)));
        let done = Delivery { attempts: 1, outcome: Some((Outcome::Delivered, at(6))), ..begin };
        store.settle_delivery(&done).await.unwrap();
        assert_eq!(claimed(&*store, 6).await, [end.id]);
    }

    async fn an_attempt_that_failed_is_remembered(store: Arc<dyn Store>) {
        let (channel, watch, [one, _]) = house(&*store).await;
        let planned = message(&channel, one, Event::Opened, 5);
        store.plan_deliveries(None, 1, vec![planned.clone()]).await.unwrap();
        let trouble = Trouble::Refused { code: 503, said: Some("busy".to_owned()) };
        let failed = Delivery {
            attempts: 1, due_at: at(50), failing_since: Some(at(5)), trouble: Some(trouble), ..planned
        };
        store.settle_delivery(&failed).await.unwrap();
        assert_eq!(store.failing_deliveries().await.unwrap(), from_ref(&failed));
        assert_eq!(store.newest_deliveries(9).await.unwrap(), from_ref(&failed));
        assert_eq!(store.newest_alarm(channel.id, watch.id).await.unwrap(), Some((at(5), Severity::High)));
        // It is under way: a plan that was made before does not count any more.
        let dropped = Delivery { outcome: Some((Outcome::Dropped, at(6))), ..failed.clone() };
        store.plan_deliveries(Some(1), 2, vec![dropped.clone()]).await.unwrap();
        assert_eq!(store.deliveries_about(one).await.unwrap(), [failed]);
        store.settle_delivery(&dropped).await.unwrap();
        assert!(store.failing_deliveries().await.unwrap().is_empty());
        assert_eq!(store.next_delivery_due().await.unwrap(), None);
        assert_eq!(store.newest_alarm(channel.id, watch.id).await.unwrap(), None);
    }

    async fn what_waits_may_become_worse_or_be_dropped(store: Arc<dyn Store>) {
        let (channel, _, [one, _]) = house(&*store).await;
        let held = Delivery { held: Some((Hold::QuietHours, at(90))), ..message(&channel, one, Event::Opened, 90) };
        store.plan_deliveries(None, 1, vec![held.clone()]).await.unwrap();
        assert_eq!(store.deliveries_about(one).await.unwrap(), from_ref(&held));
        let worse = Delivery { held: None, severity: Severity::Critical, due_at: at(7), ..held };
        store.plan_deliveries(Some(1), 2, vec![worse.clone()]).await.unwrap();
        assert_eq!(store.deliveries_about(one).await.unwrap(), from_ref(&worse));
        let dropped = Delivery { outcome: Some((Outcome::Dropped, at(8))), ..worse };
        store.plan_deliveries(Some(2), 3, vec![dropped.clone()]).await.unwrap();
        assert_eq!(store.deliveries_about(one).await.unwrap(), [dropped]);
        assert!(claimed(&*store, 99).await.is_empty());
    }

    async fn what_is_gone_takes_its_messages_along(store: Arc<dyn Store>) {
        let (channel, watch, [one, two]) = house(&*store).await;
        let other = Channel { id: ChannelId(Uuid::now_v7()), ..self::channel("other") };
        store.put_channel(&other).await.unwrap();
        let all = vec![message(&channel, one, Event::Opened, 5), message(&other, two, Event::Opened, 5)];
        store.plan_deliveries(None, 1, all).await.unwrap();
        store.remove_channel(channel.id).await.unwrap();
        assert_eq!(store.newest_deliveries(9).await.unwrap().len(), 1);
        let late = message(&channel, one, Event::Ended, 6);
        store.settle_delivery(&late).await.unwrap();
        store.remove_watch(watch.id).await.unwrap();
        assert!(store.newest_deliveries(9).await.unwrap().is_empty());
        assert_eq!(store.claim_deliveries(Timestamp::MAX, Timestamp::MAX, 9).await.unwrap(), []);
    }

    async fn incidents_are_told_by_how_bad_they_are(store: Arc<dyn Store>) {
        let (_, watch, _) = house(&*store).await;
        assert_eq!(store.severities_since(at(0)).await.unwrap(), [(watch.id, Severity::High); 2]);
        assert_eq!(store.severities_since(at(2 * MINUTE)).await.unwrap().len(), 1);
        assert!(store.severities_since(at(2 * MINUTE + 1)).await.unwrap().is_empty());
    }

    async fn what_was_done_is_told_incident_after_incident(store: Arc<dyn Store>) {
        let (_, watch, [one, two]) = house(&*store).await;
        let actions = [IncidentAction::Acknowledge, IncidentAction::Resolve, IncidentAction::Dismiss];
        for (id, action) in [one, two, one].into_iter().zip(&actions) {
            store.append_incident_entry(id, &entry(action.clone())).await.unwrap();
        }
        let [acknowledge, resolve, dismiss] = actions;
        let told = store.incident_actions(watch.id).await.unwrap();
        assert_eq!(told, [(one, acknowledge), (one, dismiss), (two, resolve)]);
    }
}
