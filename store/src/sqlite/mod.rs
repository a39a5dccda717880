//! The store in one SQLite file.
//!
//! One connection writes, all that waits in one transaction ([`writer`]); the others read, each
//! from a consistent snapshot, and never wait for the writer (WAL). If the file is replaced, by a
//! backup that was restored, everything is closed and opened anew ([`current`]).

mod access;
mod changes;
mod current;
mod database;
mod file;
mod notifications;
mod review;
mod statements;
mod streams;
mod writer;

use async_trait::async_trait;
use domain::{Analysis, AnalysisId, FeedbackEntry, Page, PageRequest, Tweet};
use jiff::Timestamp;

use crate::{
    ConnectOptions, Store, StoreError,
    analysis_row::AnalysisRow,
    page::{FORGET_AT_ONCE, FROM_THE_NEWEST, page_of},
    text_hash::text_hash,
};

pub(crate) use file::{connect, options_of};

use changes::{AppendFeedback, ForgetSomeTexts, InsertAnalysis};
use current::CurrentDatabase;

#[derive(Debug)]
pub(crate) struct SqliteStore {
    current: CurrentDatabase,
}

impl SqliteStore {
    pub(crate) async fn open(
        database_url: &str,
        options: &ConnectOptions,
    ) -> Result<Self, StoreError> {
        Ok(Self { current: CurrentDatabase::open(database_url, options).await? })
    }
}

#[async_trait]
impl Store for SqliteStore {
    async fn insert_analysis(&self, analysis: &Analysis) -> Result<(), StoreError> {
        let database = self.current.database().await?;
        database.writer.write(InsertAnalysis(analysis.clone())).await
    }

    async fn analysis(&self, id: AnalysisId) -> Result<Option<Analysis>, StoreError> {
        let database = self.current.database().await?;
        let read = async {
            let row: Option<AnalysisRow> = sqlx::query_as(statements::ANALYSIS)
                .bind(id.0)
                .fetch_optional(&database.readers)
                .await?;
            row.map(Analysis::try_from).transpose()
        };
        database.turns.take().await?.within(read).await
    }

    async fn analyses(&self, page: PageRequest) -> Result<Page<Analysis>, StoreError> {
        let database = self.current.database().await?;
        let read = async {
            let rows: Vec<AnalysisRow> = sqlx::query_as(statements::ANALYSES)
                .bind(page.before.unwrap_or(FROM_THE_NEWEST).0)
                .bind(i64::from(page.limit) + 1)
                .fetch_all(&database.readers)
                .await?;
            page_of(rows, page.limit)
        };
        database.turns.take().await?.within(read).await
    }

    async fn newest_analysis_of(&self, text: &Tweet) -> Result<Option<Analysis>, StoreError> {
        let database = self.current.database().await?;
        let read = async {
            let row: Option<AnalysisRow> = sqlx::query_as(statements::NEWEST_ANALYSIS_OF)
                .bind(text_hash(text.as_str()))
                .bind(text.as_str())
                .fetch_optional(&database.readers)
                .await?;
            row.map(Analysis::try_from).transpose()
        };
        database.turns.take().await?.within(read).await
    }

    async fn append_feedback(&self, entry: &FeedbackEntry) -> Result<Option<Analysis>, StoreError> {
        let database = self.current.database().await?;
        database.writer.write(AppendFeedback(entry.clone())).await
    }

    async fn forget_texts_before(&self, moment: Timestamp) -> Result<u64, StoreError> {
        let mut forgotten = 0;
        loop {
            let database = self.current.database().await?;
            let batch = database.writer.write(ForgetSomeTexts { before: moment }).await?;
            forgotten += batch;
            if batch < u64::from(FORGET_AT_ONCE) {
                return Ok(forgotten);
            }
        }
    }

    async fn ping(&self) -> Result<(), StoreError> {
        let database = self.current.database().await?;
        let ping = async {
            let ping = async {
                sqlx::query(statements::PING).execute(&database.readers).await?;
                Ok(())
            };
            database.turns.take().await?.within(ping).await
        };
        tokio::select! {
            // Under load the ping would wait its turn, and every answer to others says as much.
            () = database.turns.answered() => Ok(()),
            answer = ping => answer,
        }
    }

    async fn close(&self) {
        self.current.close().await;
    }
}
