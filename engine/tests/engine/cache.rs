//! Texts that come again.

use std::{collections::HashSet, sync::Arc};

use bundle_fixture::SmallBundle;
use engine::{CacheUse, Engine, EngineConfig, EngineError, cache::MemoryCache};
use futures::future::join_all;
use sentiment::release;

use crate::house::{Gated, House, model, tweet};

fn without_cache() -> EngineConfig {
    EngineConfig { cache_entries: 0, ..EngineConfig::default() }
}

#[tokio::test]
async fn a_hundred_who_ask_for_one_text_at_once_cost_one_reading_and_each_is_stored() {
    let (model, gate) = Gated::closed();
    let house = House::with(model, EngineConfig::default()).await;
    let all: Vec<_> = (0..100)
        .map(|_| {
            let engine = house.engine.clone();
            tokio::spawn(async move { engine.analyse(tweet("late again")).await })
        })
        .collect();
    drop(gate.open);
    let mut ids = HashSet::new();
    for analysis in join_all(all).await {
        let analysis = analysis.unwrap().unwrap();
        assert_eq!(house.store.analysis(analysis.id).await.unwrap().as_ref(), Some(&analysis));
        ids.insert(analysis.id.0);
    }
    assert_eq!(ids.len(), 100);
    assert_eq!(gate.begun.try_iter().collect::<Vec<_>>(), [1]);
    let used = house.engine.cache_use().unwrap();
    assert_eq!((used.hits, used.misses), (99, 1));
}

#[tokio::test]
async fn a_verdict_that_was_kept_is_the_one_that_would_be_read() {
    let (with, without) = (House::new().await, House::with(model(), without_cache()).await);
    // The same words to the model, but not the same language.
    let alike = ["the@and.org you are late", "das@und.org you are late"];
    for text in
        ["late again", "Late again", "late again!", "😡", "&amp;lt;3"].into_iter().chain(alike)
    {
        let read = without.engine.analyse(tweet(text)).await.unwrap();
        for _ in 0..3 {
            let made = with.engine.analyse(tweet(text)).await.unwrap();
            assert_eq!(made.text.as_deref(), Some(text));
            assert_eq!((&made.prediction, &made.model), (&read.prediction, &read.model), "{text}");
        }
    }
    let used = with.engine.cache_use().unwrap();
    assert_eq!((used.hits, used.misses), (14, 7));
}

#[tokio::test]
async fn a_cache_never_answers_for_other_models() {
    let cache: Arc<_> = Arc::new(MemoryCache::new(100));
    let house = House::new().await;
    for (bundle, name) in [(SmallBundle::default(), "small"), (SmallBundle::french(), "small-fr")] {
        let model = release(bundle.files()).unwrap();
        let expected = model.model.predict(&["late again"]).unwrap().remove(0);
        let (store, config) = (Arc::clone(&house.store), EngineConfig::default());
        let engine = Engine::start_with(model, store, Some(cache.clone()), config).unwrap();
        for _ in 0..2 {
            let made = engine.analyse(tweet("late again")).await.unwrap();
            assert_eq!((made.model.name.as_str(), made.prediction), (name, expected.clone()));
        }
        let used = engine.cache_use().unwrap();
        assert_eq!((used.hits, used.misses), (1, 1), "{name}");
    }
}

#[tokio::test]
async fn a_failure_is_not_kept_and_all_who_waited_for_it_learn_of_it() {
    let (model, gate) = Gated::closed();
    let house = House::with(model, EngineConfig::default()).await;
    let ask = || house.engine.analyse(tweet(Gated::PANIC));
    // The model cannot read before both have asked.
    let (one, other, ()) = tokio::join!(ask(), ask(), async { drop(gate.open) });
    let first = gate.begun.try_iter().count();
    for answer in [one, other, ask().await] {
        assert!(matches!(answer, Err(EngineError::ModelBroke)), "{answer:?}");
    }
    assert_eq!((first, gate.begun.try_iter().count()), (1, 1));
    assert_eq!(house.engine.cache_use().unwrap().hit_rate(), 0.0);
}

#[tokio::test]
async fn one_who_goes_away_while_the_text_is_read_leaves_it_to_the_next() {
    let (model, gate) = Gated::closed();
    let house = House::with(model, EngineConfig::default()).await;
    let ask = || {
        let engine = house.engine.clone();
        tokio::spawn(async move { engine.analyse(tweet("late again")).await })
    };
    let first = ask();
    let gate = tokio::task::spawn_blocking(move || gate.begun.recv().map(|_| gate));
    let gate = gate.await.unwrap().unwrap();
    let second = ask();
    tokio::task::yield_now().await;
    first.abort();
    drop(gate);
    assert!(first.await.unwrap_err().is_cancelled());
    second.await.unwrap().unwrap();
}

#[tokio::test]
async fn without_a_cache_every_text_is_read() {
    let (model, gate) = Gated::closed();
    drop(gate.open);
    let house = House::with(model, without_cache()).await;
    for _ in 0..3 {
        house.engine.analyse(tweet("late again")).await.unwrap();
    }
    assert_eq!(gate.begun.try_iter().count(), 3);
    assert_eq!(house.engine.cache_use(), None);
}

#[tokio::test]
async fn the_use_of_the_cache_is_told() {
    let house = House::new().await;
    let unused = CacheUse { entries: 0, capacity: 16_384, hits: 0, misses: 0 };
    assert_eq!(house.engine.cache_use(), Some(unused));
    for text in ["one", "two", "one", "one"] {
        house.engine.analyse(tweet(text)).await.unwrap();
    }
    assert_eq!(house.engine.cache_use().unwrap().hit_rate(), 0.5);
}
