//! The store in a PostgreSQL database.

mod access;
mod notifications;
mod review;
mod statements;
mod streams;

use async_trait::async_trait;
use domain::{Analysis, AnalysisId, FeedbackEntry, Page, PageRequest, Tweet};
use jiff::Timestamp;
use sqlx::{
    Connection, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use tokio::sync::OnceCell;

use crate::{
    ConnectOptions, Store, StoreError,
    analysis_row::AnalysisRow,
    connect::bad_url,
    migrations,
    page::{FORGET_AT_ONCE, FROM_THE_NEWEST, page_of},
    text_hash::text_hash,
    turns::Turns,
};

#[derive(Debug)]
pub(crate) struct PostgresStore {
    pool: PgPool,
    migrated: OnceCell<()>,
    turns: Turns,
}

impl PostgresStore {
    pub(crate) async fn open(
        database_url: &str,
        options: &ConnectOptions,
    ) -> Result<Self, StoreError> {
        let connection: PgConnectOptions =
            database_url.parse().map_err(|error| bad_url(database_url, error))?;
        let connection = match connection.get_application_name() {
            Some(_) => connection,
            None => connection.application_name("vigie"),
        };
        let pool = PgPoolOptions::new()
            .max_connections(options.max_connections)
            .acquire_timeout(options.acquire_timeout)
            .after_connect(|connection, _| {
                Box::pin(async move {
                    sqlx::query(statements::COMMIT_TO_DISK).execute(connection).await?;
                    Ok(())
                })
            })
            .connect_lazy_with(connection);
        let turns = Turns::new(options.max_connections, options.operation_timeout);
        let store = Self { pool, migrated: OnceCell::new(), turns };
        match store.pool().await {
            Err(StoreError::Unavailable(cause)) => {
                tracing::warn!(%cause, "the database is down; waiting for it");
            }
            other => {
                other?;
            }
        }
        Ok(store)
    }

    /// The connections, to a database whose tables are as this version needs them.
    async fn pool(&self) -> Result<&PgPool, StoreError> {
        self.migrated
            .get_or_try_init(|| async {
                let pool = self.pool.clone();
                // A task of its own: a request that is given up must not stop it half-way.
                tokio::spawn(migrate(pool)).await.map_err(StoreError::unavailable)?
            })
            .await?;
        Ok(&self.pool)
    }
}

async fn migrate(pool: PgPool) -> Result<(), StoreError> {
    // Off the pool, because a failure leaves the lock of the migration on its connection.
    let mut connection = pool.acquire().await?.detach();
    // `run` would do, were its future one that can be spawned (`Acquire` is “not general enough”).
    migrations::postgres().run_direct(None, &mut connection, false).await?;
    connection.close().await?;
    Ok(())
}

#[async_trait]
impl Store for PostgresStore {
    async fn insert_analysis(&self, analysis: &Analysis) -> Result<(), StoreError> {
        self.turns
            .take()
            .await?
            .within(async {
                let prediction = &analysis.prediction;
                sqlx::query(statements::INSERT_ANALYSIS)
                    .bind(analysis.id.0)
                    .bind(&analysis.text)
                    .bind(analysis.text.as_deref().map(text_hash))
                    .bind(prediction.label.as_str())
                    .bind(prediction.confidence)
                    .bind(prediction.probabilities.negative)
                    .bind(prediction.probabilities.neutral)
                    .bind(prediction.probabilities.positive)
                    .bind(prediction.known)
                    .bind(&prediction.language)
                    .bind(&analysis.model.name)
                    .bind(&analysis.model.version)
                    .bind(analysis.created_at.as_microsecond())
                    .bind(analysis.duration_us.cast_signed())
                    .bind(prediction.complaint.map(|complaint| complaint.reason.as_str()))
                    .bind(prediction.complaint.map(|complaint| complaint.confidence))
                    .bind(prediction.sure)
                    .execute(self.pool().await?)
                    .await?;
                Ok(())
            })
            .await
    }

    async fn analysis(&self, id: AnalysisId) -> Result<Option<Analysis>, StoreError> {
        self.turns
            .take()
            .await?
            .within(async {
                let row: Option<AnalysisRow> = sqlx::query_as(statements::ANALYSIS)
                    .bind(id.0)
                    .fetch_optional(self.pool().await?)
                    .await?;
                row.map(Analysis::try_from).transpose()
            })
            .await
    }

    async fn analyses(&self, page: PageRequest) -> Result<Page<Analysis>, StoreError> {
        self.turns
            .take()
            .await?
            .within(async {
                let rows: Vec<AnalysisRow> = sqlx::query_as(statements::ANALYSES)
                    .bind(page.before.unwrap_or(FROM_THE_NEWEST).0)
                    .bind(i64::from(page.limit) + 1)
                    .fetch_all(self.pool().await?)
                    .await?;
                page_of(rows, page.limit)
            })
            .await
    }

    async fn newest_analysis_of(&self, text: &Tweet) -> Result<Option<Analysis>, StoreError> {
        self.turns
            .take()
            .await?
            .within(async {
                let row: Option<AnalysisRow> = sqlx::query_as(statements::NEWEST_ANALYSIS_OF)
                    .bind(text_hash(text.as_str()))
                    .bind(text.as_str())
                    .fetch_optional(self.pool().await?)
                    .await?;
                row.map(Analysis::try_from).transpose()
            })
            .await
    }

    async fn append_feedback(&self, entry: &FeedbackEntry) -> Result<Option<Analysis>, StoreError> {
        self.turns
            .take()
            .await?
            .within(async {
                let mut transaction = self.pool().await?.begin().await?;
                let appended = sqlx::query(statements::APPEND_FEEDBACK)
                    .bind(entry.id.0)
                    .bind(entry.analysis_id.0)
                    .bind(entry.reviewer.as_str())
                    .bind(entry.label.map(domain::Label::as_str))
                    .bind(entry.at.as_microsecond())
                    .execute(&mut *transaction)
                    .await?;
                if appended.rows_affected() == 0 {
                    return Ok(None);
                }
                let row: AnalysisRow = sqlx::query_as(statements::ANALYSIS)
                    .bind(entry.analysis_id.0)
                    .fetch_one(&mut *transaction)
                    .await?;
                let analysis = row.try_into()?;
                transaction.commit().await?;
                Ok(Some(analysis))
            })
            .await
    }

    async fn forget_texts_before(&self, moment: Timestamp) -> Result<u64, StoreError> {
        let mut forgotten = 0;
        loop {
            let batch = self
                .turns
                .take()
                .await?
                .within(async {
                    let done = sqlx::query(statements::FORGET_SOME_TEXTS)
                        .bind(moment.as_microsecond())
                        .bind(i64::from(FORGET_AT_ONCE))
                        .execute(self.pool().await?)
                        .await?;
                    Ok(done.rows_affected())
                })
                .await?;
            forgotten += batch;
            if batch < u64::from(FORGET_AT_ONCE) {
                return Ok(forgotten);
            }
        }
    }

    async fn ping(&self) -> Result<(), StoreError> {
        let ping = async {
            let ping = async {
                sqlx::query(statements::PING).execute(self.pool().await?).await?;
                Ok(())
            };
            self.turns.take().await?.within(ping).await
        };
        tokio::select! {
            // Under load the ping would wait its turn, and every answer to others says as much.
            () = self.turns.answered() => Ok(()),
            answer = ping => answer,
        }
    }

    async fn close(&self) {
        self.pool.close().await;
    }
}

#[cfg(test)]
mod tests {
    use postgres_fixture::PostgresServer;

    use super::*;

    #[tokio::test]
    async fn every_connection_syncs_before_it_acknowledges_whatever_the_default_is() {
        let server = PostgresServer::shared().unwrap_or_else(|error| panic!("{error}"));
        let url = server.create_database().unwrap();
        let name = url.rsplit('/').next().unwrap();
        let lax = format!("ALTER DATABASE {name} SET synchronous_commit = off");
        server.sql(&url, &lax).unwrap();
        assert_eq!(server.sql(&url, "SHOW synchronous_commit").unwrap(), "off");
        let store = PostgresStore::open(&url, &ConnectOptions::default()).await.unwrap();
        let (value,): (String,) = sqlx::query_as("SHOW synchronous_commit")
            .fetch_one(store.pool().await.unwrap())
            .await
            .unwrap();
        assert_eq!(value, "on");
    }
}
