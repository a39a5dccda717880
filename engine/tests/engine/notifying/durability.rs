//! Nothing is lost, and nothing comes twice without need.

use std::{collections::BTreeSet, time::Duration};

use domain::{ChannelKind, Outcome, Severity, Trouble};
use jiff::SignedDuration;
use tokio::time::timeout;

use super::{
    desk::{Desk, at, channel},
    receiver::{self, Answer, Receiver},
};

#[tokio::test]
async fn a_receiver_that_is_down_for_an_hour_is_told_everything_in_order_and_once() {
    let address = Receiver::nobody().await;
    let desk = Desk::new(&[channel(ChannelKind::Webhook, &receiver::url(address))]).await;
    let incident = desk.record(0, Severity::High, None).await;
    let mut now = at(1);
    let mut attempts = 0;
    while now < at(61) {
        desk.step_at(now).await;
        let failing = desk.store.failing_deliveries().await.unwrap().remove(0);
        assert_eq!(failing.failing_since, Some(at(1)));
        assert_eq!(failing.trouble, Some(Trouble::Connection));
        attempts = failing.attempts;
        now = desk.store.next_delivery_due().await.unwrap().unwrap().max(now);
        if now > at(30) {
            desk.record(0, Severity::Critical, None).await;
        }
        if now > at(40) {
            desk.record(0, Severity::Critical, Some(40)).await;
        }
    }
    assert!((14..=20).contains(&attempts), "{attempts} attempts in an hour");
    let receiver = Receiver::at(address, &[]).await;
    let end = now.checked_add(SignedDuration::from_mins(6)).unwrap();
    desk.step_at(end).await;
    let told: Vec<_> = receiver.heard().iter().map(receiver::Heard::json).collect();
    let states: Vec<_> = told
        .iter()
        .map(|told| {
            (told["status"].as_str().unwrap(), told["commonLabels"]["severity"].as_str().unwrap())
        })
        .collect();
    assert_eq!(states, [("firing", "high"), ("firing", "critical"), ("resolved", "critical")]);
    let about = desk.about(incident).await;
    assert!(
        about.iter().all(|told| matches!(told.outcome, Some((Outcome::Delivered, _)))),
        "{about:?}"
    );
    assert!(desk.store.failing_deliveries().await.unwrap().is_empty());
    desk.step_at(end.checked_add(SignedDuration::from_hours(1)).unwrap()).await;
    assert_eq!(receiver.heard().len(), 3);
}

#[tokio::test]
async fn a_program_that_dies_while_it_sends_leaves_the_message_to_the_next_one() {
    let receiver = Receiver::start(&[Answer::Silence]).await;
    let desk = Desk::new(&[channel(ChannelKind::Webhook, &receiver.url())]).await;
    desk.record(0, Severity::High, None).await;
    while desk.notifier.plan(at(1)).await.unwrap() {}
    {
        let sending = desk.notifier.send_due(at(1), || 0.5);
        tokio::pin!(sending);
        let heard = async {
            while receiver.heard().is_empty() {
                tokio::task::yield_now().await;
            }
        };
        tokio::select! {
            _ = &mut sending => panic!("it was not answered"),
            () = heard => {}
        }
    }
    let next = desk.other().await;
    assert_eq!(next.send_due(at(1), || 0.5).await.unwrap(), 0, "it may still be under way");
    assert_eq!(next.send_due(at(2), || 0.5).await.unwrap(), 1);
    let [lost, told] = receiver.heard().try_into().unwrap();
    assert_eq!(lost.id(), told.id(), "the receiver can tell that it is the same");
    assert_eq!(lost.body, told.body);
}

#[tokio::test]
async fn two_programs_on_one_database_tell_each_thing_once() {
    let receiver = Receiver::start(&[]).await;
    let desk = Desk::new(&[channel(ChannelKind::Webhook, &receiver.url())]).await;
    for minute in 0..30 {
        desk.record(minute, Severity::High, None).await;
    }
    let other = desk.other().await;
    let work = async |notifier: &engine::notifying::Notifier| {
        while notifier.plan(at(40)).await.unwrap() {}
        while notifier.send_due(at(40), || 0.5).await.unwrap() > 0 {}
    };
    let both = async { tokio::join!(work(&desk.notifier), work(&other)) };
    timeout(Duration::from_secs(60), both).await.unwrap();
    desk.step(40).await;
    let heard = receiver.heard();
    let ids: BTreeSet<_> = heard.iter().map(|heard| heard.id().to_owned()).collect();
    assert_eq!((heard.len(), ids.len()), (30, 30));
}

#[tokio::test]
async fn what_fails_for_days_is_given_up() {
    let address = Receiver::nobody().await;
    let desk = Desk::new(&[channel(ChannelKind::Webhook, &receiver::url(address))]).await;
    let incident = desk.record(0, Severity::High, None).await;
    desk.step(1).await;
    desk.step(1 + 71 * 60).await;
    assert_eq!(desk.about(incident).await[0].outcome, None);
    desk.step(1 + 72 * 60).await;
    assert_eq!(desk.about(incident).await[0].outcome, Some((Outcome::GivenUp, at(1 + 72 * 60))));
}

#[tokio::test]
async fn a_restored_backup_does_not_stop_the_notifier() {
    let receiver = Receiver::start(&[]).await;
    let desk = Desk::new(&[channel(ChannelKind::Webhook, &receiver.url())]).await;
    desk.store.plan_deliveries(Some(0), 1_000, Vec::new()).await.unwrap();
    desk.step(0).await;
    desk.record(0, Severity::High, None).await;
    desk.step(1).await;
    assert_eq!(receiver.heard().len(), 1);
}
