//! How many threads read, and where.

use engine::{Engine, EngineConfig, EngineError};

use crate::house::{Gated, House, model, tweet};

#[tokio::test]
async fn two_threads_read_at_the_same_time() {
    let (model, gate) = Gated::closed();
    let config = EngineConfig { model_threads: 2, max_batch: 1, ..EngineConfig::default() };
    let house = House::with(model, config).await;
    let ask = |text: &'static str| {
        let engine = house.engine.clone();
        tokio::spawn(async move { engine.analyse(tweet(text)).await })
    };
    let both = [ask("one"), ask("two")];
    // The gate is still closed, so the first reading has not ended when the second begins.
    let begun = tokio::task::spawn_blocking(move || {
        (gate.begun.recv().unwrap(), gate.begun.recv().unwrap(), gate)
    });
    let (one, two, gate) = begun.await.unwrap();
    assert_eq!((one, two), (1, 1));
    drop(gate);
    for (answer, text) in both.into_iter().zip(["one", "two"]) {
        assert_eq!(answer.await.unwrap().unwrap().text.as_deref(), Some(text));
    }
    house.engine.shutdown().await;
}

#[tokio::test]
async fn what_waits_is_finished_by_all_threads_when_they_stop() {
    let config = EngineConfig { model_threads: 3, ..EngineConfig::default() };
    let house = House::with(model(), config).await;
    let all: Vec<_> = (0..200)
        .map(|n| {
            let engine = house.engine.clone();
            tokio::spawn(async move { engine.analyse(tweet(&format!("flight {n}"))).await })
        })
        .collect();
    tokio::task::yield_now().await;
    house.engine.shutdown().await;
    for answer in all {
        let answer = answer.await.unwrap();
        assert!(matches!(answer, Ok(_) | Err(EngineError::ShuttingDown)), "{answer:?}");
    }
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_core_that_is_not_there_is_told_at_the_start() {
    let house = House::new().await;
    let config = EngineConfig { model_cores: vec![0, 1_000], ..EngineConfig::default() };
    let refused = Engine::start(model(), house.store, config).err().unwrap();
    let told = refused.to_string();
    assert!(told.contains("core 1000 is none that this process may use: "), "{told}");
}
