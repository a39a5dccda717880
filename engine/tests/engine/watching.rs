//! Tweets that come by themselves: into their watches, before the radar, and what is done about what it finds.

use std::{sync::Arc, time::Duration};

use domain::{
    Incident, IncidentAction, IncidentState, Label, Query, Reviewer, Severity, Span, Watch,
    WatchName,
};
use engine::{Engine, EngineConfig, Given, Incoming, Intake, WatchError};
use jiff::{SignedDuration, Timestamp};
use radar::{Detector, Notice, Radar};
use store::{ConnectOptions, connect};
use tokio::{runtime::Runtime, time::timeout};

use crate::house::{House, model};

const PATIENCE: Duration = Duration::from_secs(60);

fn tweet(at: Timestamp, number: u32, label: Option<Label>, text: &str) -> Incoming {
    Incoming {
        source: "test".to_owned(),
        source_id: Some(number.to_string()),
        at,
        watch: None,
        author: Some(format!("author{number}")),
        text: text.to_owned(),
        label,
        confidence: 1.0,
        reason: Given::Told(None),
    }
}

/// Three days and a half of a tweet every two minutes, of which one in five is negative; for four hours of the third
/// day a further negative one comes every minute.
fn stream() -> Vec<Incoming> {
    let begin: Timestamp = "2015-02-20T00:00:00Z".parse().unwrap();
    let mut tweets = Vec::new();
    for minute in 0..84 * 60 {
        let at = begin.checked_add(SignedDuration::from_mins(minute)).unwrap();
        let is_usual = minute % 2 == 0;
        let is_buzz = (66 * 60..70 * 60).contains(&minute);
        for (comes, label) in [
            (is_usual && minute % 10 == 0, Label::Negative),
            (is_usual && minute % 10 != 0, Label::Neutral),
            (is_buzz, Label::Negative),
        ] {
            if comes {
                let number = tweets.len() as u32;
                let text = format!("@united a{number} b{number} c{number} d{number}");
                tweets.push(tweet(at, number, Some(label), &text));
            }
        }
    }
    tweets
}

/// What the radar says of [`stream`], apart from any service.
fn incidents() -> Vec<Incident> {
    let (mut radar, mut notices) = (Radar::default(), Vec::new());
    for tweet in stream() {
        radar.observe(&tweet.observation("United"), &mut notices);
    }
    radar.finish(&mut notices);
    let closed = notices.into_iter().filter_map(|notice| match notice {
        Notice::Closed(incident) => Some(Incident { ended_at: None, ..incident }),
        Notice::Opened(_) => None,
    });
    closed.collect()
}

async fn watch(engine: &Engine, name: &str, query: &str) -> Watch {
    let (name, query) = (WatchName::parse(name).unwrap(), Query::parse(query).unwrap());
    engine.make_watch(name, query).await.unwrap().unwrap()
}

async fn take_in(engine: &Engine, tweets: &[Incoming]) {
    for batch in tweets.chunks(300) {
        engine.take_in(batch.to_vec()).await.unwrap();
    }
}

/// What is known of the only incident once it says that it is over.
async fn over(engine: &Engine) -> Incident {
    let mut changes = engine.incident_changes();
    let over = async {
        loop {
            let files = engine.incidents(None, 9).await.unwrap();
            assert!(files.len() < 2, "{files:?}");
            if let Some(file) = files.into_iter().find(|file| file.incident.ended_at.is_some()) {
                return file.incident;
            }
            changes.changed().await.unwrap();
        }
    };
    timeout(PATIENCE, over).await.unwrap()
}

#[tokio::test]
async fn a_tweet_goes_to_the_watches_whose_queries_it_fits_once() {
    let house = House::new().await;
    let engine = &house.engine;
    let now = Timestamp::now();
    let united = watch(engine, "United", "united").await;
    let late = watch(engine, "Late", "late OR delayed").await;
    let tweets = vec![
        tweet(now, 1, None, "@united is late again"),
        tweet(now, 2, None, "thanks @united"),
        tweet(now, 3, None, "nothing of it"),
        tweet(now, 4, None, "  "),
        tweet(now.checked_add(SignedDuration::from_hours(2)).unwrap(), 5, None, "late"),
        Incoming { watch: Some("Late".to_owned()), ..tweet(now, 6, None, "by name") },
        Incoming { watch: Some("Nobody".to_owned()), ..tweet(now, 7, None, "by name") },
    ];
    let Intake { stored, known, unwatched, refused } =
        engine.take_in(tweets.clone()).await.unwrap();
    assert_eq!((stored, known, unwatched), (4, 0, 1));
    let places: Vec<usize> = refused.iter().map(|(place, _)| *place).collect();
    assert_eq!(places, [3, 4, 6], "{refused:?}");
    let again = engine.take_in(tweets).await.unwrap();
    assert_eq!((again.stored, again.known), (0, 4));
    let span = Span { from: Timestamp::UNIX_EPOCH, to: Timestamp::MAX };
    let of = async |watch: &Watch| engine.stream_tweets(watch.id, span, false, 9).await.unwrap();
    assert_eq!((of(&united).await.len(), of(&late).await.len()), (2, 2));
}

#[tokio::test]
async fn what_comes_again_without_a_name_is_known_by_what_it_is() {
    let house = House::new().await;
    watch(&house.engine, "United", "@united").await;
    let nameless = Incoming { source_id: None, ..tweet(Timestamp::now(), 1, None, "@united hi") };
    let other = Incoming { author: Some("other".to_owned()), ..nameless.clone() };
    let tweets = vec![nameless.clone(), other, nameless];
    let intake = house.engine.take_in(tweets).await.unwrap();
    assert_eq!((intake.stored, intake.known), (2, 1));
}

#[tokio::test]
async fn the_service_finds_what_the_radar_finds() {
    let house = House::new().await;
    watch(&house.engine, "United", "@united").await;
    take_in(&house.engine, &stream()).await;
    let found = over(&house.engine).await;
    assert!(found.severity >= Severity::High && found.ended_at.is_some(), "{found:?}");
    assert_eq!(vec![Incident { ended_at: None, ..found }], incidents());
}

#[test]
fn a_service_that_is_killed_half_way_goes_on_as_if_nothing_had_been() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("vigie.db").display());
    let start = || {
        let runtime = Runtime::new().unwrap();
        let engine = runtime.block_on(async {
            let store = connect(&url, &ConnectOptions::default()).await.unwrap();
            Engine::start(model(), store, EngineConfig::default()).unwrap()
        });
        (runtime, engine)
    };
    let tweets = stream();
    let (first, second) = tweets.split_at(tweets.len() - 500);
    let (runtime, engine) = start();
    runtime.block_on(async {
        watch(&engine, "United", "@united").await;
        take_in(&engine, first).await;
        // The incident is under way: something was read, and nothing remembered.
        let mut changes = engine.incident_changes();
        timeout(PATIENCE, changes.wait_for(|place| *place > 0)).await.unwrap().unwrap();
    });
    runtime.shutdown_background();
    let (runtime, engine) = start();
    let found = runtime.block_on(async {
        take_in(&engine, second).await;
        over(&engine).await
    });
    assert_eq!(vec![Incident { ended_at: None, ..found }], incidents());
}

#[tokio::test]
async fn what_was_remembered_is_not_read_again() {
    let house = House::new().await;
    let united = watch(&house.engine, "United", "@united").await;
    take_in(&house.engine, &stream()).await;
    over(&house.engine).await;
    // Some tweets come after the end of the incident.
    let mut reads = house.engine.tweets_read();
    let all = stream().len() as u64;
    timeout(PATIENCE, reads.wait_for(|place| *place >= all)).await.unwrap().unwrap();
    house.engine.shutdown().await;
    let url = format!("sqlite://{}", house.folder.path().join("vigie.db").display());
    let store = connect(&url, &ConnectOptions::default()).await.unwrap();
    let (place, state) = store.radar_state().await.unwrap().unwrap();
    assert!(store.tweets_after(place, 1).await.unwrap().is_empty());
    let radar: Radar = serde_json::from_slice(&state).unwrap();
    let at = "2015-02-22T12:00:00Z".parse().unwrap();
    let usual = radar.usual(&united.id.to_string(), at).unwrap();
    assert!((20.0..40.0).contains(&usual.tweets_an_hour), "{usual:?}");
    let engine = Engine::start(model(), Arc::clone(&store), EngineConfig::default()).unwrap();
    let span = Span { from: at, to: at.checked_add(SignedDuration::from_hours(3)).unwrap() };
    let mut changes = engine.incident_changes();
    timeout(PATIENCE, changes.wait_for(|place| *place > 0)).await.unwrap().unwrap();
    let course = engine.course(united.id, span, 3600).await.unwrap();
    let counts: Vec<_> = course.iter().map(|point| point.count.tweets).collect();
    assert_eq!(counts, [30, 30, 30]);
    assert!((course[0].usual_tweets.unwrap() - usual.tweets_an_hour).abs() < 1e-9);
}

#[tokio::test]
async fn what_one_does_about_an_incident_others_are_told() {
    let house = House::new().await;
    let engine = &house.engine;
    watch(engine, "United", "@united").await;
    take_in(engine, &stream()).await;
    over(engine).await;
    let id = engine.incidents(None, 1).await.unwrap()[0].id;
    let mut changes = engine.incident_changes();
    let before = *changes.borrow_and_update();
    let by = Reviewer::parse("Zoé").unwrap();
    engine.act_on_incident(id, IncidentAction::Acknowledge, by).await.unwrap().unwrap();
    timeout(PATIENCE, changes.wait_for(|place| *place > before)).await.unwrap().unwrap();
    let news = engine.news_after(before).await.unwrap();
    let (_, file) = news.last().unwrap();
    assert_eq!(file.state(Timestamp::now()), IncidentState::Acknowledged);
}

#[tokio::test]
async fn another_threshold_would_have_fired_more_or_less_often() {
    let house = House::new().await;
    let engine = &house.engine;
    let united = watch(engine, "United", "@united").await;
    assert_eq!(engine.what_if(united.id, 6.0).await.unwrap(), None);
    take_in(engine, &stream()).await;
    let asked = async |threshold| engine.what_if(united.id, threshold).await.unwrap().unwrap();
    let [same, never, often] = [asked(6.0).await, asked(1_000.0).await, asked(0.5).await];
    let present = incidents().len() as u64;
    assert_eq!((same.fired, same.present_fired, same.present_threshold), (present, present, 6.0));
    assert_eq!((never.fired, never.present_fired), (0, present));
    assert!(often.fired >= present, "{often:?}");
    assert_eq!((same.tweets, same.without_text), (stream().len() as u64, 0));
}

#[tokio::test]
async fn two_watches_cannot_have_one_name() {
    let house = House::new().await;
    watch(&house.engine, "United", "a").await;
    let name = WatchName::parse("United").unwrap();
    let second = house.engine.make_watch(name.clone(), Query::parse("b").unwrap()).await.unwrap();
    assert_eq!(second, Err(WatchError::NameTaken(name)));
}

#[tokio::test]
async fn the_simulated_watch_has_a_past_and_an_incident_at_once() {
    let house = House::new().await;
    let engine = &house.engine;
    let shown = engine.show_demo().await.unwrap().unwrap();
    assert_eq!(engine.show_demo().await.unwrap().unwrap(), shown);
    assert!(shown.is_simulated);
    let mut changes = engine.incident_changes();
    let recent = async {
        loop {
            let files = engine.incidents(Some(shown.id), 9).await.unwrap();
            let newest = files.first().map(|file| file.incident.detected_at);
            let hours = newest.map(|at| shown.created_at.duration_since(at).as_hours());
            if files.len() > 1 && hours.is_some_and(|hours| hours < 4) {
                return;
            }
            changes.changed().await.unwrap();
        }
    };
    timeout(PATIENCE, recent).await.unwrap();
}
