//! Stopping loses nothing that was accepted.

use std::{sync::Arc, time::Duration};

use engine::{Engine, EngineConfig, EngineError};
use store::Store;
use tokio::sync::Notify;

use crate::{
    house::{Gated, House, model, tweet},
    watched_store::WatchedStore,
};

#[tokio::test]
async fn what_is_under_way_is_finished_and_stored() {
    let (model, gate) = Gated::closed();
    let config =
        EngineConfig { text_retention: Some(Duration::from_secs(3600)), ..EngineConfig::default() };
    let house = House::with(model, config).await;
    let engine = house.engine.clone();
    let under_way = tokio::spawn(async move { engine.analyse(tweet("thanks")).await });
    let gate = tokio::task::spawn_blocking(move || gate.begun.recv().map(|_| gate));
    let gate = gate.await.unwrap().unwrap();

    let engine = house.engine.clone();
    let shutdown = tokio::spawn(async move { engine.shutdown().await });
    tokio::task::yield_now().await;
    let refused = house.engine.analyse(tweet("too late")).await;
    assert!(matches!(refused, Err(EngineError::ShuttingDown)), "{refused:?}");

    drop(gate);
    let analysis = under_way.await.unwrap().unwrap();
    shutdown.await.unwrap();
    let url = format!("sqlite://{}", house.folder.path().join("vigie.db").display());
    let store = store::connect(&url, &store::ConnectOptions::default()).await.unwrap();
    assert_eq!(store.analysis(analysis.id).await.unwrap(), Some(analysis));
}

#[tokio::test]
async fn a_long_forgetting_does_not_hold_up_the_stop() {
    let house = House::new().await;
    let forgetting = Some(Notify::new());
    let store = Arc::new(WatchedStore { store: house.store, pings: 0.into(), forgetting });
    let config =
        EngineConfig { text_retention: Some(Duration::from_secs(60)), ..EngineConfig::default() };
    let engine = Engine::start(model(), store.clone(), config).unwrap();
    store.forgetting.as_ref().unwrap().notified().await;
    engine.shutdown().await;
    assert!(store.ping().await.is_err(), "the store is closed");
}

#[tokio::test]
async fn an_engine_can_be_stopped_twice() {
    let house = House::new().await;
    house.engine.shutdown().await;
    house.engine.shutdown().await;
    let refused = house.engine.analyse(tweet("too late")).await;
    assert!(matches!(refused, Err(EngineError::ShuttingDown)), "{refused:?}");
}
