//! More than the engine can take, and models that break.

use domain::PageRequest;
use engine::{EngineConfig, EngineError};

use crate::house::{Gated, House, model, tweet};

/// Waits for the model without stopping the runtime.
async fn begun(gate: crate::house::Gate) -> (usize, crate::house::Gate) {
    tokio::task::spawn_blocking(move || (gate.begun.recv().unwrap(), gate)).await.unwrap()
}

#[tokio::test]
async fn one_more_than_allowed_is_told_at_once_and_the_others_are_served() {
    let (model, gate) = Gated::closed();
    let config = EngineConfig { max_in_flight: 2, ..EngineConfig::default() };
    let house = House::with(model, config).await;
    let analyse = |text: &str| {
        let (engine, tweet) = (house.engine.clone(), tweet(text));
        tokio::spawn(async move { engine.analyse(tweet).await })
    };
    let first = analyse("one");
    let (_, gate) = begun(gate).await;
    let second = analyse("two");
    tokio::task::yield_now().await;
    let third = house.engine.analyse(tweet("three")).await;
    assert!(matches!(third, Err(EngineError::Busy)), "{third:?}");

    drop(gate);
    first.await.unwrap().unwrap();
    second.await.unwrap().unwrap();
    house.engine.analyse(tweet("three, again")).await.unwrap();
}

#[tokio::test]
async fn as_many_as_are_allowed_at_once_are_all_stored() {
    let house = House::new().await;
    let analyses: Vec<_> = (0..250)
        .map(|n| {
            let (engine, tweet) = (house.engine.clone(), tweet(&format!("flight {n}")));
            tokio::spawn(async move { engine.analyse(tweet).await })
        })
        .collect();
    for analysis in analyses {
        let analysis = analysis.await.unwrap().unwrap();
        assert_eq!(house.store.analysis(analysis.id).await.unwrap(), Some(analysis));
    }
}

#[tokio::test]
async fn of_a_flood_all_that_was_accepted_is_stored_and_the_rest_is_told_at_once() {
    let config = EngineConfig { max_in_flight: 100, ..EngineConfig::default() };
    let house = House::with(model(), config).await;
    let flood: Vec<_> = (0..1_000)
        .map(|n| {
            let engine = house.engine.clone();
            tokio::spawn(async move { engine.analyse(tweet(&format!("flight {n}"))).await })
        })
        .collect();
    let mut accepted = 0;
    for answer in flood {
        match answer.await.unwrap() {
            Ok(analysis) => {
                accepted += 1;
                assert_eq!(house.store.analysis(analysis.id).await.unwrap(), Some(analysis));
            }
            Err(error) => assert!(matches!(error, EngineError::Busy), "{error:?}"),
        }
    }
    assert!((100..1_000).contains(&accepted), "{accepted}");
}

#[tokio::test]
async fn what_waits_behind_a_busy_model_is_read_in_one_batch() {
    let (model, gate) = Gated::closed();
    let config = EngineConfig { max_batch: 4, ..EngineConfig::default() };
    let house = House::with(model, config).await;
    let analyse = |text: String| {
        let engine = house.engine.clone();
        tokio::spawn(async move { engine.analyse(tweet(&text)).await })
    };
    let mut all = vec![analyse("alone".to_owned())];
    let (alone, gate) = begun(gate).await;
    assert_eq!(alone, 1, "a lone tweet waits for nobody");
    all.extend((0..5).map(|n| analyse(format!("flight {n}"))));
    tokio::task::yield_now().await;
    for _ in 0..2 {
        gate.open.send(()).unwrap();
    }
    let (batch, gate) = begun(gate).await;
    assert_eq!(batch, 4, "the batch is full");
    gate.open.send(()).unwrap();
    let (rest, _) = begun(gate).await;
    assert_eq!(rest, 1);
    for (n, task) in all.into_iter().enumerate() {
        let analysis = task.await.unwrap().unwrap();
        if n > 0 {
            assert_eq!(
                analysis.text,
                Some(format!("flight {}", n - 1)),
                "answers are not mixed up"
            );
        }
    }
}

#[tokio::test]
async fn a_text_that_breaks_the_model_harms_no_other() {
    let house = House::with(Gated::open(), EngineConfig::default()).await;
    let together = ["thanks", Gated::PANIC, "not late"];
    let [thanks, broken, late] = together.map(|text| house.engine.analyse(tweet(text)));
    let (thanks, broken, late) = tokio::join!(thanks, broken, late);
    assert!(matches!(broken, Err(EngineError::ModelBroke)), "{broken:?}");
    assert_eq!(thanks.unwrap().text.as_deref(), Some("thanks"));
    assert_eq!(late.unwrap().text.as_deref(), Some("not late"));
    house.engine.analyse(tweet("the thread lives on")).await.unwrap();
    let stored = house.engine.history(PageRequest::newest(10)).await.unwrap();
    assert_eq!(stored.items.len(), 3, "a text without a verdict is not stored");
}

#[tokio::test]
async fn a_tweet_that_cannot_be_stored_is_not_acknowledged() {
    let house = House::new().await;
    std::fs::rename(house.folder.path().join("vigie.db"), house.folder.path().join("aside"))
        .unwrap();
    let answer = house.engine.analyse(tweet("thanks")).await;
    assert!(matches!(answer, Err(EngineError::StoreUnavailable(_))), "{answer:?}");
}
