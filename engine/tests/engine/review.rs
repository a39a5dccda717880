//! A reviewer's queue, acts on one text or many, and what comes of them.

use std::collections::HashSet;

use domain::{
    Analysis, AnalysisId, Label, ModelId, Prediction, Query, ReviewFilter, ReviewItemId,
    ReviewOrder, ReviewSource, Reviewer, WatchName,
};
use engine::{Engine, Given, Incoming};
use jiff::Timestamp;
use store::Store;
use uuid::Uuid;

use crate::house::House;

fn reviewer(name: &str) -> Reviewer {
    Reviewer::parse(name).unwrap()
}

/// Stores texts named by their numbers; the greater the number the surer the verdict, which is negative where it is even.
async fn store_texts(store: &dyn Store, count: u32) {
    for number in 0..count {
        let second = 0.5 - number as f32 / 10_000.0;
        let probabilities = match number % 2 {
            0 => [1.0 - second, second, 0.0],
            _ => [0.0, second, 1.0 - second],
        };
        let analysis = Analysis {
            id: AnalysisId(Uuid::now_v7()),
            text: Some(format!("text {number}.")),
            prediction: Prediction::new(probabilities.into(), 1.0, None),
            model: ModelId { name: "test".to_owned(), version: "0".to_owned() },
            created_at: Timestamp::UNIX_EPOCH,
            duration_us: 1,
            feedback: None,
        };
        store.insert_analysis(&analysis).await.unwrap();
    }
}

async fn queue(engine: &Engine, filter: &ReviewFilter, who: &str) -> Vec<String> {
    let page = engine.review_queue(filter, &reviewer(who), 10).await.unwrap();
    page.items.into_iter().map(|item| item.text.unwrap()).collect()
}

async fn first_ids(engine: &Engine, count: usize) -> Vec<ReviewItemId> {
    let filter = ReviewFilter { seen: true, ..ReviewFilter::default() };
    let page = engine.review_queue(&filter, &Reviewer::local(), count).await.unwrap();
    page.items.into_iter().map(|item| item.id).collect()
}

#[tokio::test]
async fn pages_follow_each_other_and_the_last_says_so() {
    let house = House::new().await;
    store_texts(house.store.as_ref(), 250).await;
    let (mut filter, mut seen) = (ReviewFilter::default(), Vec::new());
    loop {
        let page = house.engine.review_queue(&filter, &Reviewer::local(), 100).await.unwrap();
        seen.extend(page.items.into_iter().map(|item| item.text.unwrap()));
        match page.next {
            Some(next) => filter.after = Some(next),
            None => break,
        }
    }
    assert_eq!(seen.len(), 250);
    assert_eq!(seen.iter().collect::<HashSet<_>>().len(), 250);
    assert_eq!((&*seen[0], &*seen[249]), ("text 0.", "text 249."));
}

#[tokio::test]
async fn a_page_that_ends_exactly_with_the_queue_is_the_last() {
    let house = House::new().await;
    store_texts(house.store.as_ref(), 10).await;
    let page = house.engine.review_queue(&ReviewFilter::default(), &Reviewer::local(), 10).await;
    assert_eq!(page.unwrap().next, None);
}

#[tokio::test]
async fn what_a_reviewer_has_labelled_or_skipped_is_left_to_the_others() {
    let house = House::new().await;
    let engine = &house.engine;
    store_texts(house.store.as_ref(), 4).await;
    let ids = first_ids(engine, 2).await;
    engine.review(&ids[..1], Some(Label::Neutral), reviewer("ann")).await.unwrap();
    engine.review(&ids[1..], None, reviewer("ann")).await.unwrap();
    let filter = ReviewFilter::default();
    assert_eq!(queue(engine, &filter, "ann").await, ["text 2.", "text 3."]);
    assert_eq!(queue(engine, &filter, "bob").await.len(), 4);
    let disputed = ReviewFilter { order: ReviewOrder::Disputed, ..filter };
    assert_eq!(queue(engine, &disputed, "bob").await, ["text 0."]);
}

#[tokio::test]
async fn a_rare_text_is_found_however_far_it_is() {
    let house = House::new().await;
    store_texts(house.store.as_ref(), 1_300).await;
    let search = |words: &str| ReviewFilter {
        search: Some(words.to_owned()),
        label: Some(Label::Positive),
        ..ReviewFilter::default()
    };
    assert_eq!(queue(&house.engine, &search("TEXT 1299."), "ann").await, ["text 1299."]);
    assert!(queue(&house.engine, &search("text 1298."), "ann").await.is_empty(), "it is negative");
}

#[tokio::test]
async fn an_act_on_a_whole_filter_is_undone_as_one() {
    let house = House::new().await;
    let engine = &house.engine;
    store_texts(house.store.as_ref(), 1_300).await;
    let (filter, ann) = (ReviewFilter::default(), reviewer("ann"));
    let some = first_ids(engine, 3).await;
    engine.review(&some, Some(Label::Positive), ann.clone()).await.unwrap();
    let before = engine.review_queue(&filter, &ann, 2_000).await.unwrap();
    let found = engine.reviewable(&filter, &ann).await.unwrap();
    assert_eq!((found.items.len(), found.more), (1_297, false));
    let act = engine.review(&found.items, Some(Label::Negative), ann.clone()).await.unwrap();
    assert_eq!(act.items, 1_297);
    assert!(engine.reviewable(&filter, &ann).await.unwrap().items.is_empty());
    assert_eq!(engine.newest_act(&ann).await.unwrap().unwrap().id, act.id);
    assert!(engine.undo_act(act.id, &ann).await.unwrap());
    let mut after = engine.review_queue(&filter, &ann, 2_000).await.unwrap();
    let undone = after.items.iter().all(|item| item.log.iter().all(|said| said.undone));
    assert!(undone, "the log keeps what was undone");
    after.items.iter_mut().for_each(|item| item.log.clear());
    assert_eq!(after, before);
    let kept = engine.review_queue(&ReviewFilter { seen: true, ..filter }, &ann, 3).await.unwrap();
    assert!(kept.items.iter().all(|item| item.label_by(&ann) == Some(Label::Positive)));
}

#[tokio::test]
async fn tweets_of_a_watch_are_reviewed_like_analyses() {
    let house = House::new().await;
    let engine = &house.engine;
    let (name, query) = (WatchName::parse("United").unwrap(), Query::parse("united").unwrap());
    let watch = engine.make_watch(name, query).await.unwrap().unwrap();
    let tweet = |number: u32, label| Incoming {
        source: "test".to_owned(),
        source_id: Some(number.to_string()),
        at: Timestamp::from_second(i64::from(number)).unwrap(),
        watch: None,
        author: None,
        text: format!("united {number}"),
        label,
        confidence: 1.0,
        reason: Given::Told(None),
    };
    let tweets = vec![tweet(1, Some(Label::Negative)), tweet(2, None)];
    engine.take_in(tweets).await.unwrap();
    let filter = ReviewFilter { source: ReviewSource::Watch(watch.id), ..ReviewFilter::default() };
    assert_eq!(
        queue(engine, &filter, "ann").await,
        ["united 2", "united 1"],
        "the model is not sure"
    );
    let newest = ReviewFilter { order: ReviewOrder::Newest, ..filter.clone() };
    let ids: Vec<_> = engine.review_queue(&newest, &Reviewer::local(), 9).await.unwrap().items;
    engine.review(&[ids[1].id], Some(Label::Positive), reviewer("ann")).await.unwrap();
    assert_eq!(queue(engine, &newest, "ann").await, ["united 2"]);
    let disputed = ReviewFilter { order: ReviewOrder::Disputed, seen: true, ..filter };
    assert_eq!(queue(engine, &disputed, "ann").await, ["united 1"]);
    let rows = engine.training_rows(1.0).await.unwrap();
    assert_eq!((rows.len(), &*rows[0].text, rows[0].label), (1, "united 1", Label::Positive));
}

#[tokio::test]
async fn reviewers_are_compared_on_what_both_labelled() {
    let house = House::new().await;
    let engine = &house.engine;
    store_texts(house.store.as_ref(), 40).await;
    let ids = first_ids(engine, 40).await;
    engine.review(&ids[..20], Some(Label::Negative), reviewer("ann")).await.unwrap();
    engine.review(&ids[20..], Some(Label::Positive), reviewer("ann")).await.unwrap();
    let act = engine.review(&ids, Some(Label::Neutral), reviewer("bob")).await.unwrap();
    engine.undo_act(act.id, &reviewer("bob")).await.unwrap();
    assert!(engine.agreements().await.unwrap().is_empty(), "what was undone is not compared");
    engine.review(&ids[..25], Some(Label::Negative), reviewer("bob")).await.unwrap();
    engine.review(&ids[25..], Some(Label::Positive), reviewer("bob")).await.unwrap();
    let found = engine.agreements().await.unwrap();
    let [pair] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((pair.texts, pair.same.count), (40, 35));
    // Observed 35 of 40; by chance (20 · 25 + 20 · 15) / 1,600 = .5.
    assert!((pair.kappa.unwrap().value - 0.75).abs() < 1e-9, "{pair:?}");
}
