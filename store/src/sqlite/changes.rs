//! What can be written.

use async_trait::async_trait;
use domain::{Analysis, FeedbackEntry};
use jiff::Timestamp;
use sqlx::SqliteConnection;

use super::{
    statements,
    writer::{Change, execute},
};
use crate::{StoreError, analysis_row::AnalysisRow, page::FORGET_AT_ONCE, text_hash::text_hash};

/// A new analysis.
pub(super) struct InsertAnalysis(pub(super) Analysis);

#[async_trait]
impl Change for InsertAnalysis {
    type Answer = ();

    async fn apply(&self, connection: &mut SqliteConnection) -> Result<(), StoreError> {
        insert_analyses(connection, &[&self.0]).await
    }

    fn insertion(&self) -> Option<&Analysis> {
        Some(&self.0)
    }
}

/// Inserts all of `analyses`, of which there are 1 to [`statements::INSERTED_AT_ONCE`], or none.
pub(super) async fn insert_analyses(
    connection: &mut SqliteConnection,
    analyses: &[&Analysis],
) -> Result<(), StoreError> {
    let mut insert = sqlx::query(statements::insert_analyses(analyses.len()));
    for analysis in analyses {
        let prediction = &analysis.prediction;
        insert = insert
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
            .bind(prediction.sure);
    }
    insert.execute(connection).await?;
    Ok(())
}

/// One more entry, answered by the analysis as it then is.
pub(super) struct AppendFeedback(pub(super) FeedbackEntry);

#[async_trait]
impl Change for AppendFeedback {
    type Answer = Option<Analysis>;

    async fn apply(&self, connection: &mut SqliteConnection) -> Result<Self::Answer, StoreError> {
        execute(connection, statements::SAVEPOINT).await?;
        let answer = self.append(connection).await;
        match &answer {
            // The whole transaction goes.
            Err(error) if error.may_recover() => return answer,
            Err(_) => execute(connection, statements::ROLLBACK_TO_SAVEPOINT).await?,
            Ok(_) => {}
        }
        execute(connection, statements::RELEASE_SAVEPOINT).await?;
        answer
    }
}

impl AppendFeedback {
    async fn append(
        &self,
        connection: &mut SqliteConnection,
    ) -> Result<Option<Analysis>, StoreError> {
        let Self(entry) = self;
        let appended = sqlx::query(statements::APPEND_FEEDBACK)
            .bind(entry.id.0)
            .bind(entry.analysis_id.0)
            .bind(entry.reviewer.as_str())
            .bind(entry.label.map(domain::Label::as_str))
            .bind(entry.at.as_microsecond())
            .execute(&mut *connection)
            .await?;
        if appended.rows_affected() == 0 {
            return Ok(None);
        }
        let row: AnalysisRow = sqlx::query_as(statements::ANALYSIS)
            .bind(entry.analysis_id.0)
            .fetch_one(connection)
            .await?;
        Ok(Some(row.try_into()?))
    }
}

/// The end of some texts, answered by how many there were.
pub(super) struct ForgetSomeTexts {
    pub(super) before: Timestamp,
}

#[async_trait]
impl Change for ForgetSomeTexts {
    type Answer = u64;

    async fn apply(&self, connection: &mut SqliteConnection) -> Result<u64, StoreError> {
        let done = sqlx::query(statements::FORGET_SOME_TEXTS)
            .bind(self.before.as_microsecond())
            .bind(FORGET_AT_ONCE)
            .execute(connection)
            .await?;
        Ok(done.rows_affected())
    }
}
