//! Watches, the tweets that come for them, and the files of their incidents.

use std::sync::Arc;

use domain::{
    Incident, IncidentAction, IncidentEntry, IncidentEntryId, IncidentId, Label, Query, Reviewer,
    Severity, SourceProgress, Span, StreamTweet, Watch, WatchId, WatchName,
};
use jiff::Timestamp;
use store::Store;
use uuid::Uuid;

use crate::{home::at, on_both};

pub const MINUTE: i64 = 60_000_000;

fn watch(name: &str) -> Watch {
    Watch {
        id: WatchId(Uuid::now_v7()),
        name: WatchName::parse(name).unwrap(),
        query: Query::parse("@united OR \"united airlines\"").unwrap(),
        is_simulated: false,
        created_at: at(1_700_000_000_000_001),
    }
}

/// A tweet of the minute `minute`, which is also its name.
pub fn tweet(watch: &Watch, minute: i64, label: Label) -> StreamTweet {
    StreamTweet {
        watch_id: watch.id,
        source: "test".to_owned(),
        source_id: minute.to_string(),
        at: at(minute * MINUTE),
        author: Some("ann".to_owned()),
        text: Some(format!("text {minute} 😡")),
        label,
        confidence: 0.625,
        reason: (label == Label::Negative).then(|| "late_flight".to_owned()),
        received_at: at(minute * MINUTE + 7),
    }
}

pub fn incident(watch: &Watch, detected_minute: i64) -> Incident {
    Incident {
        watch: watch.name.to_string(),
        started_at: at(0),
        detected_at: at(detected_minute * MINUTE),
        peak_at: at(detected_minute * MINUTE),
        cause: "late_flight".to_owned(),
        severity: Severity::High,
        confidence: 0.123_456_789,
        ended_at: None,
        terms: vec!["snow".to_owned()],
        evidence: 9.5,
        ratio: 3.25,
        volume: 40,
        negatives: 30,
        expected: 9.230_769_230_769_23,
        tweets: Vec::new(),
    }
}

pub fn entry(action: IncidentAction) -> IncidentEntry {
    IncidentEntry {
        id: IncidentEntryId(Uuid::now_v7()),
        by: Reviewer::parse("Zoé").unwrap(),
        at: at(1_700_000_000_000_002),
        action,
    }
}

pub async fn stored(store: &dyn Store, name: &str) -> Watch {
    let watch = watch(name);
    assert!(store.put_watch(&watch).await.unwrap());
    watch
}

const fn always() -> Span {
    Span { from: Timestamp::UNIX_EPOCH, to: Timestamp::MAX }
}

on_both! {
    async fn a_watch_is_read_back_and_its_name_is_its_own(store: Arc<dyn Store>) {
        let united = stored(&*store, "United").await;
        let delta = stored(&*store, "Delta").await;
        assert_eq!(store.watches().await.unwrap(), [delta.clone(), united.clone()]);
        let changed = Watch { name: united.name.clone(), ..delta.clone() };
        assert!(!store.put_watch(&changed).await.unwrap());
        let changed = Watch { query: Query::parse("delta").unwrap(), is_simulated: false, ..delta };
        assert!(store.put_watch(&changed).await.unwrap());
        assert_eq!(store.watches().await.unwrap(), [changed, united]);
    }

    async fn what_comes_twice_is_appended_once_and_in_order(store: Arc<dyn Store>) {
        let united = stored(&*store, "United").await;
        let delta = stored(&*store, "Delta").await;
        let first = tweet(&united, 5, Label::Negative);
        let second = tweet(&united, 3, Label::Positive);
        let other = tweet(&delta, 5, Label::Neutral);
        let all = vec![first.clone(), second.clone(), first.clone(), other.clone()];
        assert_eq!(store.append_tweets(all.clone()).await.unwrap(), 3);
        assert_eq!(store.append_tweets(all).await.unwrap(), 0);
        let read = store.tweets_after(0, 2).await.unwrap();
        let place = read[1].0;
        let tweets: Vec<_> = read.into_iter().map(|(_, tweet)| tweet).collect();
        assert_eq!(tweets, [first, second]);
        let rest = store.tweets_after(place, 9).await.unwrap();
        assert_eq!(rest.len(), 1);
        assert_eq!(rest[0].1, other);
        assert!(store.tweets_after(rest[0].0, 9).await.unwrap().is_empty());
    }

    async fn the_tweets_of_one_watch_are_read_on_from_a_place(store: Arc<dyn Store>) {
        let (united, delta) = (stored(&*store, "United").await, stored(&*store, "Delta").await);
        let tweets = [1, 5, 3, 4].map(|minute| tweet(&united, minute, Label::Neutral));
        let other = tweet(&delta, 4, Label::Neutral);
        store.append_tweets([&tweets[..2], &[other], &tweets[2..]].concat()).await.unwrap();
        let since = at(3 * MINUTE);
        let begun = store.tweets_of_after(united.id, since, 0, 2).await.unwrap();
        let rest = store.tweets_of_after(united.id, since, begun[1].0, 9).await.unwrap();
        let read: Vec<_> = begun.into_iter().chain(rest).map(|(_, tweet)| tweet).collect();
        assert_eq!(read, tweets[1..]);
    }

    async fn tweets_of_a_watch_that_is_gone_are_left_out(store: Arc<dyn Store>) {
        let gone = tweet(&watch("gone"), 1, Label::Neutral);
        assert_eq!(store.append_tweets(vec![gone]).await.unwrap(), 0);
    }

    async fn tweets_are_counted_by_time_label_and_reason(store: Arc<dyn Store>) {
        let united = stored(&*store, "United").await;
        let mut tweets: Vec<_> =
            [0, 4, 5, 14].map(|minute| tweet(&united, minute, Label::Negative)).into();
        tweets.push(tweet(&united, 6, Label::Positive));
        tweets[3].reason = None;
        store.append_tweets(tweets.clone()).await.unwrap();
        let counts = store.tweet_counts(united.id, always(), 300).await.unwrap();
        let counts: Vec<_> =
            counts.iter().map(|c| (c.at.as_second(), c.tweets, c.negatives)).collect();
        assert_eq!(counts, [(0, 2, 2), (300, 2, 1), (600, 1, 1)]);
        let part = Span { from: at(4 * MINUTE), to: at(14 * MINUTE) };
        let reasons = store.reason_counts(united.id, part).await.unwrap();
        assert_eq!((reasons.len(), reasons[0].negatives), (1, 2));
        assert_eq!(reasons[0].reason, "late_flight");
        let newest = store.tweets_of(united.id, part, true, 1).await.unwrap();
        assert_eq!(newest, [tweets[2].clone()]);
        assert_eq!(store.tweets_of(united.id, part, false, 9).await.unwrap().len(), 3);
        assert_eq!(store.newest_tweet_at(united.id).await.unwrap(), Some(at(14 * MINUTE)));
    }

    async fn the_radar_s_state_never_goes_back(store: Arc<dyn Store>) {
        assert_eq!(store.radar_state().await.unwrap(), None);
        store.keep_radar_state(7, vec![0, 1, 255]).await.unwrap();
        store.keep_radar_state(6, vec![2]).await.unwrap();
        assert_eq!(store.radar_state().await.unwrap(), Some((7, vec![0, 1, 255])));
    }

    async fn a_source_goes_on_where_it_was_read_to(store: Arc<dyn Store>) {
        assert_eq!(store.source_progress("bluesky").await.unwrap(), None);
        let mut progress = SourceProgress {
            source: "bluesky".to_owned(),
            cursor: Some("1725911162329308".to_owned()),
            month: "2026-11".to_owned(),
            reads: 7,
        };
        let other = SourceProgress { source: "x".to_owned(), cursor: None, ..progress.clone() };
        store.keep_source_progress(&progress).await.unwrap();
        store.keep_source_progress(&other).await.unwrap();
        (progress.month, progress.reads) = ("2026-12".to_owned(), 1);
        store.keep_source_progress(&progress).await.unwrap();
        assert_eq!(store.source_progress("bluesky").await.unwrap(), Some(progress));
        assert_eq!(store.source_progress("x").await.unwrap(), Some(other));
    }

    async fn an_incident_found_again_is_the_same_one(store: Arc<dyn Store>) {
        let united = stored(&*store, "United").await;
        let id = IncidentId(Uuid::now_v7());
        let found = incident(&united, 5);
        store.record_incident(id, united.id, &found).await.unwrap();
        let change = store.newest_incident_change().await.unwrap();
        store.record_incident(IncidentId(Uuid::now_v7()), united.id, &found).await.unwrap();
        assert_eq!(store.newest_incident_change().await.unwrap(), change, "nothing is new");
        let ended = Incident { ended_at: Some(at(99 * MINUTE)), ..found };
        store.record_incident(IncidentId(Uuid::now_v7()), united.id, &ended).await.unwrap();
        let read = store.incidents(Some(united.id), 9).await.unwrap();
        assert_eq!((read.len(), read[0].id), (1, id));
        assert_eq!(read[0].incident, ended);
        assert_eq!(store.incidents(None, 9).await.unwrap(), read);
    }

    async fn what_is_done_about_an_incident_is_appended(store: Arc<dyn Store>) {
        let united = stored(&*store, "United").await;
        let id = IncidentId(Uuid::now_v7());
        let acknowledge = entry(IncidentAction::Acknowledge);
        assert_eq!(store.append_incident_entry(id, &acknowledge).await.unwrap(), None);
        store.record_incident(id, united.id, &incident(&united, 5)).await.unwrap();
        let assign = entry(IncidentAction::Assign { to: Reviewer::parse("Ann").unwrap() });
        store.append_incident_entry(id, &acknowledge).await.unwrap();
        let file = store.append_incident_entry(id, &assign).await.unwrap().unwrap();
        assert_eq!(file.entries, [acknowledge, assign]);
        assert_eq!(store.incident(id).await.unwrap(), Some(file));
    }

    async fn who_was_away_is_told_each_incident_that_changed(store: Arc<dyn Store>) {
        let united = stored(&*store, "United").await;
        let [one, two] = [1, 2].map(|_| IncidentId(Uuid::now_v7()));
        store.record_incident(one, united.id, &incident(&united, 1)).await.unwrap();
        store.record_incident(two, united.id, &incident(&united, 2)).await.unwrap();
        store.append_incident_entry(one, &entry(IncidentAction::Resolve)).await.unwrap();
        let changed = store.incidents_changed_after(0, 9).await.unwrap();
        let ids: Vec<_> = changed.iter().map(|(_, file)| file.id).collect();
        assert_eq!(ids, [two, one]);
        let newest = store.newest_incident_change().await.unwrap();
        assert_eq!(changed[1].0, newest);
        assert!(store.incidents_changed_after(newest, 9).await.unwrap().is_empty());
    }

    async fn a_watch_takes_everything_of_it_along(store: Arc<dyn Store>) {
        let united = stored(&*store, "United").await;
        let id = IncidentId(Uuid::now_v7());
        store.append_tweets(vec![tweet(&united, 1, Label::Negative)]).await.unwrap();
        store.record_incident(id, united.id, &incident(&united, 5)).await.unwrap();
        store.append_incident_entry(id, &entry(IncidentAction::Dismiss)).await.unwrap();
        assert!(store.remove_watch(united.id).await.unwrap());
        assert!(!store.remove_watch(united.id).await.unwrap());
        assert!(store.tweets_after(0, 9).await.unwrap().is_empty());
        assert!(store.incidents(None, 9).await.unwrap().is_empty());
    }

    async fn texts_and_authors_are_forgotten_and_counts_stay(store: Arc<dyn Store>) {
        let united = stored(&*store, "United").await;
        let tweets = [1, 2].map(|minute| tweet(&united, minute, Label::Negative));
        store.append_tweets(tweets.to_vec()).await.unwrap();
        assert_eq!(store.forget_stream_texts_before(at(2 * MINUTE)).await.unwrap(), 1);
        assert_eq!(store.forget_stream_texts_before(at(2 * MINUTE)).await.unwrap(), 0);
        let read = store.tweets_of(united.id, always(), false, 9).await.unwrap();
        assert_eq!(read[0], tweets[1]);
        assert_eq!((&read[1].text, &read[1].author), (&None, &None));
    }
}
