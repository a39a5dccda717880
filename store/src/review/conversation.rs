//! What is asked and answered, once for both databases.

use domain::{
    AnalysisId, FeedbackId, Label, ReviewAct, ReviewActId, ReviewItem, ReviewItemId, ReviewSource,
    Reviewer, WatchId,
};
use jiff::Timestamp;
use uuid::Uuid;

use super::{ReviewWindow, rows, statements};
use crate::{StoreError, for_both::for_both};

/// Less than every confidence.
const BEFORE_ALL: f32 = -1.0;

/// The analysis that a name is of.
fn analysis_of(item: Option<ReviewItemId>) -> Option<Uuid> {
    match item? {
        ReviewItemId::Analysis(AnalysisId(id)) => Some(id),
        ReviewItemId::Tweet(_) => None,
    }
}

/// The place of the tweet that a name is of.
fn place_of(item: Option<ReviewItemId>) -> Option<i64> {
    match item? {
        ReviewItemId::Analysis(_) => None,
        ReviewItemId::Tweet(place) => Some(place.cast_signed()),
    }
}

/// Asks for the items of a window, then for what was said of them, with the same values.
macro_rules! found_with_log {
    ($connection:ident, $window:expr, $item:path, $id:path, $($value:expr),+) => {{
        let found = sqlx::query_as($window.items)$(.bind($value))+.fetch_all(&mut *$connection).await?;
        let log = sqlx::query_as($window.log)$(.bind($value))+.fetch_all(&mut *$connection).await?;
        let items = found.into_iter().map($item).collect::<Result<_, _>>()?;
        rows::with_log(items, log, $id)
    }};
}

for_both! {
    pub(crate) async fn review_items(
        connection: &mut Connection,
        window: ReviewWindow,
        after: Option<ReviewItemId>,
        limit: u32,
    ) -> Result<Vec<ReviewItem>, StoreError> {
        let (analysis, place) = (analysis_of(after), place_of(after));
        match window {
            ReviewWindow::Uncertain(ReviewSource::Analyses) => uncertain_analyses(connection, analysis, limit).await,
            ReviewWindow::Uncertain(ReviewSource::Watch(id)) => uncertain_tweets(connection, id, place, limit).await,
            ReviewWindow::Newest(ReviewSource::Analyses) => {
                analyses(connection, &statements::NEWEST_ANALYSES, analysis, limit).await
            }
            ReviewWindow::Newest(ReviewSource::Watch(id)) => newest_tweets(connection, id, place, limit).await,
            ReviewWindow::SaidOfAnalyses => {
                analyses(connection, &statements::SAID_OF_ANALYSES, analysis, limit).await
            }
            ReviewWindow::SaidOfTweets => said_of_tweets(connection, place, limit).await,
        }
    }

    async fn uncertain_analyses(
        connection: &mut Connection,
        after: Option<Uuid>,
        limit: u32,
    ) -> Result<Vec<ReviewItem>, StoreError> {
        let after = after.unwrap_or_default();
        let known: Option<(f32,)> = sqlx::query_as(statements::CONFIDENCE_OF_ANALYSIS)
            .bind(after)
            .fetch_optional(&mut *connection)
            .await?;
        let confidence = known.map_or(BEFORE_ALL, |(confidence,)| confidence);
        let window = &statements::UNCERTAIN_ANALYSES;
        found_with_log!(connection, window, rows::analysis, rows::analysis_id, confidence, after, i64::from(limit))
    }

    /// Those of a window that only their ids bound.
    async fn analyses(
        connection: &mut Connection,
        window: &statements::Window,
        before: Option<Uuid>,
        limit: u32,
    ) -> Result<Vec<ReviewItem>, StoreError> {
        let before = before.unwrap_or(Uuid::max());
        found_with_log!(connection, window, rows::analysis, rows::analysis_id, before, i64::from(limit))
    }

    async fn uncertain_tweets(
        connection: &mut Connection,
        watch: WatchId,
        after: Option<i64>,
        limit: u32,
    ) -> Result<Vec<ReviewItem>, StoreError> {
        let after = after.unwrap_or_default();
        let known = confidence_and_time(connection, after).await?;
        let confidence = known.map_or(BEFORE_ALL, |(confidence, _)| confidence);
        let window = &statements::UNCERTAIN_TWEETS;
        found_with_log!(connection, window, rows::tweet, rows::tweet_id, watch.0, confidence, after, i64::from(limit))
    }

    async fn newest_tweets(
        connection: &mut Connection,
        watch: WatchId,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Vec<ReviewItem>, StoreError> {
        let before = before.unwrap_or(i64::MAX);
        let known = confidence_and_time(connection, before).await?;
        let at = known.map_or(i64::MAX, |(_, at)| at);
        let window = &statements::NEWEST_TWEETS;
        found_with_log!(connection, window, rows::tweet, rows::tweet_id, watch.0, at, before, i64::from(limit))
    }

    async fn confidence_and_time(
        connection: &mut Connection,
        place: i64,
    ) -> Result<Option<(f32, i64)>, StoreError> {
        let known = sqlx::query_as(statements::CONFIDENCE_AND_TIME_OF_TWEET)
            .bind(place)
            .fetch_optional(connection)
            .await?;
        Ok(known)
    }

    async fn said_of_tweets(
        connection: &mut Connection,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Vec<ReviewItem>, StoreError> {
        let before = before.unwrap_or(i64::MAX);
        let window = &statements::SAID_OF_TWEETS;
        found_with_log!(connection, window, rows::tweet, rows::tweet_id, before, i64::from(limit))
    }

    pub(crate) async fn append_to_act(
        connection: &mut Connection,
        act: &ReviewAct,
        items: &[(FeedbackId, ReviewItemId)],
    ) -> Result<u64, StoreError> {
        let (reviewer, label) = (act.reviewer.as_str(), act.label.map(Label::as_str));
        let at = act.at.as_microsecond();
        sqlx::query(statements::PUT_ACT)
            .bind(act.id.0)
            .bind(reviewer)
            .bind(label)
            .bind(at)
            .execute(&mut *connection)
            .await?;
        let mut appended = 0;
        for (id, item) in items {
            let say = match item {
                ReviewItemId::Analysis(analysis) => {
                    sqlx::query(statements::SAY_OF_ANALYSIS).bind(id.0).bind(analysis.0)
                }
                ReviewItemId::Tweet(place) => {
                    sqlx::query(statements::SAY_OF_TWEET).bind(id.0).bind(place.cast_signed())
                }
            };
            let said = say.bind(reviewer).bind(label).bind(at).bind(act.id.0);
            appended += said.execute(&mut *connection).await?.rows_affected();
        }
        sqlx::query(statements::COUNT_ITEMS_OF_ACT)
            .bind(act.id.0)
            .bind(appended.cast_signed())
            .execute(connection)
            .await?;
        Ok(appended)
    }

    pub(crate) async fn newest_act(
        connection: &mut Connection,
        reviewer: &Reviewer,
    ) -> Result<Option<ReviewAct>, StoreError> {
        let found: Option<rows::ActRow> = sqlx::query_as(statements::NEWEST_ACT)
            .bind(reviewer.as_str())
            .fetch_optional(connection)
            .await?;
        found.map(rows::act).transpose()
    }

    pub(crate) async fn undo_act(
        connection: &mut Connection,
        id: ReviewActId,
        reviewer: &Reviewer,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let (known,): (i64,) = sqlx::query_as(statements::IS_ACT_OF)
            .bind(id.0)
            .bind(reviewer.as_str())
            .fetch_one(&mut *connection)
            .await?;
        if known == 0 {
            return Ok(false);
        }
        sqlx::query(statements::UNDO_ACT)
            .bind(id.0)
            .bind(at.as_microsecond())
            .execute(connection)
            .await?;
        Ok(true)
    }
}
