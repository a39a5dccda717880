//! What is known when.

use radar::{Detector, Notice, Radar};

use super::support::{HOUR, incidents, notices, with_incident};

#[test]
fn a_detection_uses_nothing_later_than_itself() {
    for seed in 1..4 {
        let tweets = with_incident(seed);
        let whole = incidents(&tweets).remove(0);
        let detected = whole.detected_at.as_second();
        let until: Vec<_> =
            tweets.iter().filter(|tweet| tweet.second <= detected).cloned().collect();
        let cut = incidents(&until).remove(0);
        assert_eq!(
            (cut.started_at, cut.detected_at, cut.confidence, cut.evidence),
            (whole.started_at, whole.detected_at, whole.confidence, whole.evidence)
        );
        assert!(cut.peak_at <= cut.detected_at);
        let before: Vec<_> =
            tweets.iter().filter(|tweet| tweet.second < detected).cloned().collect();
        assert_eq!(incidents(&before), [], "and it needs all of that");
    }
}

#[test]
fn a_restart_loses_nothing_to_the_bit() {
    let tweets = with_incident(2);
    let mut straight = Radar::default();
    let mut said = Vec::new();
    let mut resumed = Radar::default();
    let mut resumed_said = Vec::new();
    for (number, tweet) in tweets.iter().enumerate() {
        straight.observe(&tweet.observation(), &mut said);
        resumed.observe(&tweet.observation(), &mut resumed_said);
        // Often where something happens, and in the middle of a minute.
        if number % 4_000 == 17 || (tweet.second > 9 * 24 * HOUR + 8 * HOUR && number % 97 == 0) {
            let written = serde_json::to_string(&resumed).unwrap();
            resumed = serde_json::from_str(&written).unwrap();
        }
    }
    assert_eq!(said, resumed_said);
    assert!(!said.is_empty());
    let state = |radar: &Radar| serde_json::to_string(radar).unwrap();
    assert!(state(&straight) == state(&resumed), "the states differ");
}

#[test]
fn an_alert_goes_out_when_it_is_detected_and_not_at_the_end() {
    let said = notices(&with_incident(1));
    let Notice::Opened(opened) = &said[0] else { panic!("{said:?}") };
    let Notice::Closed(closed) = &said[1] else { panic!("{said:?}") };
    assert_eq!(opened.detected_at, closed.detected_at);
    assert!(opened.ended_at.is_none() && closed.ended_at.is_some());
    assert!(opened.volume < closed.volume);
}

#[test]
fn time_closes_an_incident_without_a_tweet() {
    let tweets = with_incident(1);
    let mut radar = Radar::default();
    let mut said = Vec::new();
    for tweet in tweets {
        radar.observe(&tweet.observation(), &mut said);
        if !said.is_empty() {
            let later = tweet.observation().at + jiff::SignedDuration::from_hours(11);
            radar.advance(later, &mut said);
            break;
        }
    }
    assert!(matches!(said[..], [Notice::Opened(_), Notice::Closed(_)]), "{said:?}");
}
