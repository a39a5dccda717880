//! Rows in every table, with what a copy may lose: signs that formats have uses for, the ends of numbers, what is empty.

use domain::{
    Account, AccountId, AccountName, Address, Analysis, AnalysisId, ApiKey, ApiKeyId, AuditEntry,
    AuditId, Channel, ChannelId, ChannelKind, ChannelName, Complaint, Delivery, DeliveryId,
    DrivingTweet, Event, FeedbackId, Hold, IncidentAction, IncidentId, KeyName, Label, Outcome,
    Reason, ReviewAct, ReviewActId, ReviewItemId, Reviewer, Right, Role, Secret, Severity,
    SourceProgress, StreamTweet, Tongue, Trouble, Via, Watch,
};
use futures::future::try_join_all;
use store::Store;
use uuid::Uuid;

use crate::{
    home::{analysis_of, at, entry},
    streams::{self, incident},
};

/// What a line, a string, `COPY` and a shell have uses for.
const SIGNS: &str = "tab\tline\nreturn\r\nback\\slash \\N \\. \"quoted\" 'it''s' $1 ? ; -- \u{1f621}é\u{7f}\u{2028}";

/// Fills every table through what the store offers.
pub async fn fill(store: &dyn Store) {
    let analyses = analyses(store).await;
    let (watch, places) = stream(store).await;
    review(store, &analyses, &places).await;
    notifications(store, &watch).await;
    access(store).await;
    let progress = SourceProgress {
        source: "bluesky".to_owned(),
        cursor: None,
        month: "2026-01".to_owned(),
        reads: i64::MAX.cast_unsigned(),
    };
    store.keep_source_progress(&progress).await.unwrap();
    // Ordered otherwise by languages than by bytes.
    for source in ["X", "x", "é", "z"] {
        let cursor = Some(SIGNS.to_owned());
        let other = SourceProgress { source: source.to_owned(), cursor, ..progress.clone() };
        store.keep_source_progress(&other).await.unwrap();
    }
}

async fn access(store: &dyn Store) {
    let now = at(1_700_000_000_000_001);
    let account = Account {
        id: AccountId(Uuid::now_v7()),
        name: AccountName::parse("ann").unwrap(),
        role: Role::Admin,
        has_password: false,
        created_at: now,
    };
    assert!(store.make_account(&account).await.unwrap());
    assert!(store.invite(account.id, [0; 32], at(i64::from(i32::MAX))).await.unwrap());
    assert!(
        store
            .open_session(account.id.0.into_bytes().repeat(2).try_into().unwrap(), account.id, now)
            .await
            .unwrap()
    );
    let key = ApiKey {
        id: ApiKeyId(Uuid::now_v7()),
        account_id: account.id,
        name: KeyName::parse("export é").unwrap(),
        right: Right::Read,
        created_at: now,
        expires_at: None,
        used_at: None,
    };
    assert!(store.make_key(&key, [255; 32]).await.unwrap());
    store.note_login_failure("login ann from ::/64", now, now).await.unwrap();
    let change = AuditEntry {
        id: AuditId(Uuid::now_v7()),
        at: now,
        actor: "ann".to_owned(),
        via: Via::Command,
        action: "account add".to_owned(),
        subject: SIGNS.to_owned(),
        status: 200,
        request_id: String::new(),
    };
    store.append_audit(&change).await.unwrap();
}

async fn analyses(store: &dyn Store) -> Vec<Analysis> {
    let mut all = vec![analysis_of(SIGNS), analysis_of("late")];
    all[0].duration_us = i64::MAX.cast_unsigned();
    all[0].created_at = at(-62_000_000_000_000_001);
    all[0].prediction.sure = false;
    all[0].prediction.language = None;
    all[0].prediction.known = f32::MIN_POSITIVE / 8.0;
    all[1].prediction.confidence = 0.123_456_79;
    let complaint = Complaint { reason: Reason::LateFlight, confidence: 0.612_345_7 };
    all[1].prediction.complaint = Some(complaint);
    all.push(Analysis { text: None, ..analysis_of("forgotten") });
    // More than go in one part.
    all.extend((0..2_000).map(|number| analysis_of(&format!("text {number} {SIGNS}"))));
    for some in all.chunks(250) {
        try_join_all(some.iter().map(|analysis| store.insert_analysis(analysis))).await.unwrap();
    }
    store.append_feedback(&entry(&all[0], "Zoé \\N", Label::Neutral, -5)).await.unwrap();
    store.append_feedback(&entry(&all[0], "zoe", None, 1)).await.unwrap();
    all
}

async fn stream(store: &dyn Store) -> (Watch, Vec<u64>) {
    let (united, gone) =
        (streams::stored(store, "United").await, streams::stored(store, "é").await);
    let mut tweets: Vec<StreamTweet> =
        (0..50).map(|minute| streams::tweet(&united, minute, Label::Negative)).collect();
    tweets[0].author = None;
    tweets[1].text = Some(SIGNS.to_owned());
    tweets[2].confidence = 0.1;
    tweets.push(streams::tweet(&gone, 99, Label::Positive));
    store.append_tweets(tweets).await.unwrap();
    // Its tweet was the last: that place must not be given again.
    store.remove_watch(gone.id).await.unwrap();
    store.keep_radar_state(50, (0..=255).collect()).await.unwrap();
    let mut buzz = incident(&united, 3);
    let (author, text) = (Some("ann".to_owned()), SIGNS.to_owned());
    buzz.tweets = vec![DrivingTweet { at: at(3), author, text, reason: None }];
    let id = IncidentId(Uuid::now_v7());
    store.record_incident(id, united.id, &buzz).await.unwrap();
    let note = IncidentAction::Acknowledge;
    store.append_incident_entry(id, &streams::entry(note)).await.unwrap();
    let places = store.tweets_after(0, 9).await.unwrap();
    (united, places.into_iter().map(|(place, _)| place).collect())
}

async fn review(store: &dyn Store, analyses: &[Analysis], places: &[u64]) {
    let items: Vec<_> = analyses[..3]
        .iter()
        .map(|analysis| ReviewItemId::Analysis(AnalysisId(analysis.id.0)))
        .chain(places.iter().map(|place| ReviewItemId::Tweet(*place)))
        .map(|item| (FeedbackId(Uuid::now_v7()), item))
        .collect();
    let reviewer = Reviewer::parse("Zoé").unwrap();
    let label = Some(Label::Positive);
    let id = ReviewActId(Uuid::now_v7());
    let act = ReviewAct { id, reviewer, label, items: items.len() as u64, at: at(7) };
    store.append_to_act(&act, items).await.unwrap();
    assert!(store.undo_act(id, &act.reviewer, at(8)).await.unwrap());
}

async fn notifications(store: &dyn Store, watch: &Watch) {
    let channel = Channel {
        id: ChannelId(Uuid::now_v7()),
        name: ChannelName::parse("desk").unwrap(),
        kind: ChannelKind::Webhook,
        address: Address("https://host/hook?token=1".to_owned()),
        secret: Some(Secret::parse("not-a-real-secret").unwrap()),
        watches: vec![watch.id],
        least_severity: Severity::High,
        language: Tongue::French,
        created_at: at(1_700_000_000_000_001),
    };
    assert!(store.put_channel(&channel).await.unwrap());
    let said = store.incidents(None, 1).await.unwrap();
    let trouble = Trouble::Refused { code: 503, said: Some(SIGNS.to_owned()) };
    let delivery = Delivery {
        id: DeliveryId(Uuid::now_v7()),
        channel_id: channel.id,
        incident_id: said.first().map(|file| file.id),
        event: Event::Opened,
        severity: Severity::High,
        created_at: at(1),
        held: Some((Hold::QuietHours, at(90))),
        due_at: at(5),
        attempts: 3,
        failing_since: Some(at(2)),
        trouble: Some(trouble),
        outcome: Some((Outcome::GivenUp, at(9))),
    };
    let test = Delivery { id: DeliveryId(Uuid::now_v7()), incident_id: None, ..delivery.clone() };
    assert!(store.plan_deliveries(None, 1, vec![delivery, test]).await.unwrap());
    let rules = serde_json::from_str(r#"{"cooldown_minutes": 30}"#).unwrap();
    assert!(store.put_watch_rules(watch.id, &rules).await.unwrap());
}
