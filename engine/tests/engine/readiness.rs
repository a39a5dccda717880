//! Whether the engine is ready is told truly, and cheaply.

use std::{
    fs,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use engine::{Engine, EngineConfig};
use futures::future::join_all;

use crate::{
    house::{House, model},
    watched_store::WatchedStore,
};

/// Lets a second pass at once. Nothing may be under way: a stopped clock runs ahead of threads.
async fn a_second_later() {
    tokio::time::pause();
    tokio::time::advance(Duration::from_secs(1)).await;
    tokio::time::resume();
}

#[tokio::test]
async fn an_engine_is_ready_until_its_database_is_gone_and_again_when_it_is_back() {
    let house = House::new().await;
    assert!(house.engine.readiness().await.is_ready());
    let (file, aside) = (house.folder.path().join("vigie.db"), house.folder.path().join("aside"));
    fs::rename(&file, &aside).unwrap();
    a_second_later().await;
    let readiness = house.engine.readiness().await;
    assert!(!readiness.is_ready());
    assert!(readiness.store.unwrap_err().contains("database"));
    fs::rename(&aside, &file).unwrap();
    a_second_later().await;
    assert!(house.engine.readiness().await.is_ready());
}

#[tokio::test]
async fn a_flood_of_health_checks_asks_the_database_once() {
    let house = House::new().await;
    let pings = AtomicU32::new(0);
    let store = Arc::new(WatchedStore { store: house.store, pings, forgetting: None });
    let engine = Engine::start(model(), store.clone(), EngineConfig::default()).unwrap();
    let flood = (0..100).map(|_| engine.readiness());
    assert!(join_all(flood).await.iter().all(engine::Readiness::is_ready));
    assert_eq!(store.pings.load(Ordering::Relaxed), 1);
    a_second_later().await;
    assert!(engine.readiness().await.is_ready());
    assert_eq!(store.pings.load(Ordering::Relaxed), 2);
}
