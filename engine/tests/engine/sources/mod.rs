//! Sources of tweets, against servers that speak their protocols.

mod bluesky;
mod x;

use std::time::Duration;

use domain::{Query, SourceReport, Span, Watch, WatchName};
use engine::{Engine, EngineConfig, SourcesConfig};
use jiff::Timestamp;
use tokio::time::timeout;

use crate::house::{House, model};

const PATIENCE: Duration = Duration::from_secs(60);

async fn following(sources: SourcesConfig) -> House {
    House::with(model(), EngineConfig { sources, ..EngineConfig::default() }).await
}

async fn watch(engine: &Engine, name: &str, query: &str) -> Watch {
    let (name, query) = (WatchName::parse(name).unwrap(), Query::parse(query).unwrap());
    engine.make_watch(name, query).await.unwrap().unwrap()
}

/// The texts of a watch once there are so many, the newest first.
async fn texts(house: &House, watch: &Watch, count: usize) -> Vec<String> {
    let span = Span { from: Timestamp::UNIX_EPOCH, to: Timestamp::MAX };
    let tweets = until(async || {
        let tweets = house.store.tweets_of(watch.id, span, false, 100).await.unwrap();
        Some(tweets).filter(|tweets| tweets.len() >= count)
    });
    tweets.await.into_iter().filter_map(|tweet| tweet.text).collect()
}

/// What a source says of itself once `is` holds.
async fn report(house: &House, is: impl Fn(&SourceReport) -> bool) -> SourceReport {
    until(async || house.engine.sources().into_iter().next().filter(&is)).await
}

/// What there is in the end.
async fn until<T>(mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let looking = async {
        loop {
            if let Some(found) = look().await {
                return found;
            }
            tokio::task::yield_now().await;
        }
    };
    timeout(PATIENCE, looking).await.unwrap()
}
