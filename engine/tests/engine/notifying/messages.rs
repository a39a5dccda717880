//! What arrives.

use domain::{
    Channel, ChannelKind, IncidentAction, IncidentEntry, IncidentEntryId, Reviewer, Severity,
    Tongue, Trouble,
};
use engine::notifying::sign;
use serde_json::json;
use uuid::Uuid;

use super::{
    desk::{Desk, SECRET, at, channel},
    mailbox::Mailbox,
    receiver::{Answer, Receiver},
};

#[tokio::test]
async fn a_webhook_has_the_shape_of_alertmanager_s_and_is_signed() {
    let receiver = Receiver::start(&[]).await;
    let hook = channel(ChannelKind::Webhook, &receiver.url());
    let desk = Desk::new(std::slice::from_ref(&hook)).await;
    let incident = desk.record(5, Severity::High, None).await;
    desk.step(6).await;
    desk.record(5, Severity::High, Some(60)).await;
    desk.step(61).await;
    let [begin, end] = receiver.heard().try_into().unwrap();
    let (first, last) = (begin.json(), end.json());
    assert_eq!((&first["version"], &first["status"]), (&json!("4"), &json!("firing")));
    assert_eq!(first["receiver"], hook.name.as_str());
    assert_eq!(first["externalURL"], "https://vigie.example");
    let alert = &first["alerts"][0];
    let labels = json!({
        "alertname": "bad_buzz", "watch": "United", "severity": "high", "cause": "late_flight", "incident": incident
    });
    assert_eq!(alert["labels"], labels);
    assert_eq!(alert["annotations"]["summary"], "[High] United: late flight");
    assert_eq!(
        (&alert["startsAt"], &alert["endsAt"]),
        (&json!(at(-15)), &json!("0001-01-01T00:00:00Z"))
    );
    let link = format!("https://vigie.example/watch?watch={}#incident-{incident}", desk.watch.id);
    assert_eq!(alert["generatorURL"], link);
    assert_eq!(
        (&last["status"], &last["alerts"][0]["endsAt"]),
        (&json!("resolved"), &json!(at(60)))
    );
    for same in ["groupKey", "receiver", "groupLabels"] {
        assert_eq!(first[same], last[same]);
    }
    assert_eq!(alert["fingerprint"], last["alerts"][0]["fingerprint"]);
    assert_ne!(begin.id(), end.id());
    for heard in [&begin, &end] {
        let second = heard.headers["webhook-timestamp"].parse().unwrap();
        let signature = sign(SECRET, heard.id(), second, &heard.body);
        assert_eq!(heard.headers["webhook-signature"], signature);
        assert_eq!(heard.headers["content-type"], "application/json");
    }
    assert_eq!(begin.headers["webhook-timestamp"], at(6).as_second().to_string());
}

#[tokio::test]
async fn slack_gets_blocks_in_which_nothing_is_markup_that_was_not_meant() {
    let receiver = Receiver::start(&[]).await;
    let slack =
        Channel { language: Tongue::French, ..channel(ChannelKind::Slack, &receiver.url()) };
    let desk = Desk::new(&[slack]).await;
    desk.record(5, Severity::Critical, None).await;
    desk.step(6).await;
    let heard = receiver.heard().remove(0);
    let said = heard.json();
    assert_eq!(said["text"], "[Critique] United\u{a0}: retard du vol");
    let section = said["blocks"][0]["text"]["text"].as_str().unwrap();
    assert!(section.contains("30 tweets négatifs au lieu de 9, 3,2 fois plus"), "{section}");
    assert!(section.contains("snow &lt;b&gt;"), "{section}");
    let link = said["blocks"][1]["elements"][0]["text"].as_str().unwrap();
    assert!(link.starts_with("<https://vigie.example/watch?watch="), "{link}");
    assert!(!heard.headers.contains_key("webhook-signature"));
}

#[tokio::test]
async fn a_mail_arrives_after_a_server_that_was_busy() {
    let mailbox = Mailbox::start(1).await;
    let mail = channel(ChannelKind::Email, "ann@example.org");
    let desk = Desk::with_mail(mailbox.address, &[mail]).await;
    let incident = desk.record(5, Severity::High, None).await;
    desk.step(6).await;
    let refused = &desk.about(incident).await[0];
    assert_eq!(refused.trouble, Some(Trouble::Refused { code: 451, said: None }));
    desk.step(7).await;
    let [mail] = mailbox.mails().try_into().unwrap();
    assert!(mail.from.contains("<vigie@example.org>"), "{mail:?}");
    assert!(mail.to.len() == 1 && mail.to[0].contains("<ann@example.org>"), "{mail:?}");
    let has = |line: &str| mail.content.lines().any(|found| found == line);
    assert!(has("Subject: [High] United: late flight"), "{}", mail.content);
    assert!(has(&format!("Message-ID: <{}@example.org>", refused.id)), "{}", mail.content);
    assert!(mail.content.contains("30 negative tweets where 9 are usual"), "{}", mail.content);
    assert!(mail.content.contains("https://vigie.example/watch?watch="), "{}", mail.content);
}

#[tokio::test]
async fn mails_without_a_server_say_what_is_missing() {
    let desk = Desk::new(&[channel(ChannelKind::Email, "ann@example.org")]).await;
    let incident = desk.record(5, Severity::High, None).await;
    desk.step(6).await;
    assert_eq!(desk.about(incident).await[0].trouble, Some(Trouble::NoMailServer));
}

#[tokio::test]
async fn who_closes_an_incident_ends_it_for_all_who_were_told() {
    let receiver = Receiver::start(&[]).await;
    let desk = Desk::new(&[channel(ChannelKind::Webhook, &receiver.url())]).await;
    let incident = desk.record(5, Severity::High, None).await;
    desk.step(6).await;
    let entry = IncidentEntry {
        id: IncidentEntryId(Uuid::now_v7()),
        by: Reviewer::local(),
        at: at(10),
        action: IncidentAction::Dismiss,
    };
    desk.store.append_incident_entry(incident, &entry).await.unwrap().unwrap();
    desk.step(11).await;
    let end = &receiver.heard()[1].json()["alerts"][0];
    assert_eq!((&end["status"], &end["endsAt"]), (&json!("resolved"), &json!(at(10))));
    let description = end["annotations"]["description"].as_str().unwrap();
    assert!(description.contains("Closed as not a crisis."), "{description}");
}

#[tokio::test]
async fn a_receiver_that_points_elsewhere_is_not_followed() {
    let receiver = Receiver::start(&[Answer::Redirect]).await;
    let desk = Desk::new(&[channel(ChannelKind::Slack, &receiver.url())]).await;
    let incident = desk.record(5, Severity::High, None).await;
    desk.step(6).await;
    let said = Some("no_service".to_owned());
    assert_eq!(desk.about(incident).await[0].trouble, Some(Trouble::Refused { code: 302, said }));
    assert_eq!(receiver.heard().len(), 1);
}
