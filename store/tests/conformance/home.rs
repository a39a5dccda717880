//! An empty database of either kind, and things to put into it.

use std::sync::Arc;

use domain::{
    Analysis, AnalysisId, FeedbackEntry, FeedbackId, Label, ModelId, Prediction, Reviewer, Tweet,
};
use jiff::Timestamp;
use postgres_fixture::PostgresServer;
use store::{ConnectOptions, Store, connect};
use tempfile::TempDir;
use uuid::Uuid;

/// A database of its own, gone when this is dropped.
pub struct Home {
    pub url: String,
    _folder: Option<TempDir>,
}

impl Home {
    pub fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("new/folder/vigie.db").display());
        Self { url, _folder: Some(folder) }
    }

    pub fn postgres() -> Self {
        let server = PostgresServer::shared().unwrap_or_else(|error| panic!("{error}"));
        Self { url: server.create_database().unwrap(), _folder: None }
    }

    pub async fn store(&self) -> Arc<dyn Store> {
        connect(&self.url, &ConnectOptions::default()).await.unwrap()
    }
}

pub fn tweet(text: &str) -> Tweet {
    Tweet::parse(text).unwrap()
}

/// Microseconds since 1970.
pub fn at(micros: i64) -> Timestamp {
    Timestamp::from_microsecond(micros).unwrap()
}

/// A new analysis, later than all before.
pub fn analysis_of(text: &str) -> Analysis {
    let probabilities = [0.9, 0.066_666_67, 0.033_333_33].into();
    Analysis {
        id: AnalysisId(Uuid::now_v7()),
        text: Some(text.to_owned()),
        prediction: Prediction::new(probabilities, 0.75, Some("en".to_owned())),
        model: ModelId { name: "bilstm".to_owned(), version: "0123456789ab".to_owned() },
        created_at: at(1_700_000_000_123_456),
        duration_us: 321,
        feedback: None,
    }
}

pub fn entry(
    on: &Analysis,
    who: &str,
    label: impl Into<Option<Label>>,
    micros: i64,
) -> FeedbackEntry {
    FeedbackEntry {
        id: FeedbackId(Uuid::now_v7()),
        analysis_id: on.id,
        reviewer: Reviewer::parse(who).unwrap(),
        label: label.into(),
        at: at(micros),
    }
}

/// An analysis that is in the store.
pub async fn stored(store: &dyn Store, text: &str) -> Analysis {
    let analysis = analysis_of(text);
    store.insert_analysis(&analysis).await.unwrap();
    analysis
}
