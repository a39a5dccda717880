//! What is a crowd, and what only looks like one.

use domain::Label;

use super::support::{DAY, HOUR, Numbers, Tweet, incidents, tweet, usual, with_incident};

#[test]
fn an_incident_is_found_with_its_cause_and_its_tweets() {
    for seed in 1..6 {
        let found = incidents(&with_incident(seed));
        assert_eq!(found.len(), 1, "{found:#?}");
        let incident = &found[0];
        assert_eq!(incident.cause, "cancelled_flight");
        let detected = incident.detected_at.as_second() - (9 * DAY + 8 * HOUR);
        assert!((0..HOUR).contains(&detected), "{detected} s");
        assert!(incident.started_at <= incident.detected_at);
        assert!(incident.ended_at.unwrap() >= incident.peak_at);
        assert!(incident.ratio > 2.0 && incident.confidence > 0.5);
        assert!(!incident.tweets.is_empty());
        assert!(
            incident.tweets.iter().all(|tweet| tweet.reason.as_deref() == Some("cancelled_flight"))
        );
    }
}

#[test]
fn usual_days_raise_an_alarm_in_a_month_at_most() {
    const WEEKS: i64 = 2 * 20;
    let alarms = |seed| incidents(&usual(&mut Numbers(seed), 0, 14 * DAY, 40, 35)).len();
    let alarms: usize = (10..30).map(alarms).sum();
    assert!(alarms as i64 <= WEEKS / 4, "{alarms} in {WEEKS} weeks");
}

#[test]
fn three_tweets_never_make_a_crisis() {
    for an_hour in [1, 5, 60] {
        for percent in [0, 1, 30] {
            let mut numbers = Numbers(an_hour as u64);
            let mut tweets = usual(&mut numbers, 0, 7 * DAY, an_hour, percent);
            for second in 0..3 {
                tweets.push(tweet(
                    &mut numbers,
                    7 * DAY + second,
                    Label::Negative,
                    Some("bad_flight"),
                ));
            }
            let found = incidents(&tweets);
            assert!(
                found.iter().all(|incident| incident.detected_at.as_second() < 7 * DAY),
                "{found:?}"
            );
        }
    }
}

#[test]
fn a_start_of_collection_is_no_incident() {
    let mut numbers = Numbers(3);
    // A few tweets in days, and then all of an airline that has a bad time.
    let mut tweets: Vec<Tweet> =
        (0..8).map(|day| tweet(&mut numbers, day * DAY / 2, Label::Neutral, None)).collect();
    tweets.extend(usual(&mut numbers, 4 * DAY, 6 * DAY, 90, 77));
    assert_eq!(incidents(&tweets), []);
    assert_eq!(incidents(&usual(&mut numbers, 0, 2 * DAY, 500, 77)), []);
}

#[test]
fn a_campaign_is_no_incident() {
    for percent in [5, 30] {
        let mut numbers = Numbers(percent);
        let mut tweets = usual(&mut numbers, 0, 9 * DAY, 60, 30);
        tweets.extend(usual(&mut numbers, 8 * DAY, 8 * DAY + 6 * HOUR, 240, percent));
        tweets.sort_by_key(|tweet| tweet.second);
        assert_eq!(incidents(&tweets), []);
    }
}

#[test]
fn one_account_and_its_copies_are_no_crowd() {
    let burst = |with: &dyn Fn(&mut Numbers, i64, Tweet) -> Tweet| {
        let mut numbers = Numbers(7);
        let mut tweets = usual(&mut numbers, 0, 9 * DAY, 20, 30);
        for number in 0..300 {
            let post =
                tweet(&mut numbers, 8 * DAY + number * 10, Label::Negative, Some("bad_flight"));
            tweets.push(with(&mut numbers, number, post));
        }
        tweets.sort_by_key(|tweet| tweet.second);
        incidents(&tweets)
    };
    let text = "the screen was broken and the food was cold on my way to Denver";
    assert_eq!(burst(&|_, _, post| Tweet { author: "robot".to_owned(), ..post }), []);
    assert_eq!(burst(&|_, _, post| Tweet { text: text.to_owned(), ..post }), []);
    assert_eq!(
        burst(&|_, number, post| Tweet { text: format!("RT @x: {text} {number}"), ..post }),
        []
    );
    assert_ne!(burst(&|_, _, post| post), [], "three hundred people are a crowd");
}
