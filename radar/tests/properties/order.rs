//! Tweets that come in another order than they were written.

use domain::Label;
use radar::{Detector, Radar};

use super::support::{DAY, HOUR, Numbers, incidents, tweet, usual, with_incident};

#[test]
fn minutes_of_disorder_change_nothing_that_matters() {
    let tweets = with_incident(3);
    let straight = incidents(&tweets).remove(0);
    let mut numbers = Numbers(99);
    let mut keyed: Vec<_> =
        tweets.into_iter().map(|tweet| (tweet.second + numbers.below(600) as i64, tweet)).collect();
    keyed.sort_by_key(|(key, _)| *key);
    let shuffled: Vec<_> = keyed.into_iter().map(|(_, tweet)| tweet).collect();
    let found = incidents(&shuffled);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].cause, straight.cause);
    let apart = found[0].detected_at.duration_since(straight.detected_at).as_secs().abs();
    assert!(apart <= 15 * 60, "{apart} s");
}

#[test]
fn a_wrong_clock_does_not_stop_a_watch() {
    let mut tweets = with_incident(4);
    for (place, second) in [(100, 40_000 * DAY), (5_000, -40_000 * DAY), (9_000, 400 * DAY)] {
        let wrong = tweet(&mut Numbers(1), second, Label::Negative, None);
        tweets.insert(place, wrong);
    }
    assert_eq!(incidents(&tweets).len(), 1);
}

#[test]
fn what_comes_too_late_is_counted_as_such() {
    let mut radar = Radar::default();
    let mut said = Vec::new();
    for tweet in usual(&mut Numbers(1), 0, DAY, 20, 30) {
        radar.observe(&tweet.observation(), &mut said);
    }
    for tweet in usual(&mut Numbers(2), 0, HOUR, 20, 30) {
        radar.observe(&tweet.observation(), &mut said);
    }
    assert_eq!(radar.not_counted(), (20, 0));
}

#[test]
fn watches_do_not_see_each_other() {
    let tweets = with_incident(5);
    let mut radar = Radar::default();
    let mut said = Vec::new();
    for tweet in &tweets {
        let mut other = tweet.observation();
        other.watch = "calm";
        other.label = Label::Neutral;
        radar.observe(&tweet.observation(), &mut said);
        radar.observe(&other, &mut said);
    }
    radar.finish(&mut said);
    assert_eq!(said.len(), 2, "{said:?}");
    assert_eq!(incidents(&tweets).len(), 1);
}

#[test]
fn a_silence_of_the_source_is_no_news() {
    let mut numbers = Numbers(8);
    let mut tweets = usual(&mut numbers, 0, 8 * DAY, 60, 30);
    tweets.extend(usual(&mut numbers, 20 * DAY, 28 * DAY, 60, 30));
    tweets.retain(|tweet| !(5 * DAY..5 * DAY + 10 * HOUR).contains(&tweet.second));
    assert_eq!(incidents(&tweets), []);
}

#[test]
fn a_threshold_of_its_own_concerns_one_watch_and_is_remembered() {
    let tweets = with_incident(5);
    let mut radar = Radar::default();
    radar.set_threshold("deaf", Some(1e9));
    let kept = serde_json::to_vec(&radar).unwrap();
    let mut radar: Radar = serde_json::from_slice(&kept).unwrap();
    let mut said = Vec::new();
    for tweet in &tweets {
        let mut other = tweet.observation();
        other.watch = "deaf";
        radar.observe(&tweet.observation(), &mut said);
        radar.observe(&other, &mut said);
    }
    radar.finish(&mut said);
    assert_eq!(said.len(), 2, "{said:?}");
}
