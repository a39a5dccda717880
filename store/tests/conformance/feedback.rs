//! Feedback is a log; the latest word of each reviewer counts.

use std::sync::Arc;

use domain::{Feedback, Label, Reviewer};
use store::{Store, StoreError};

use crate::{
    home::{Home, analysis_of, at, entry, stored},
    on_both,
};

/// Whose word counts, and what it is.
async fn in_force(store: &dyn Store, id: domain::AnalysisId) -> Option<(String, Label)> {
    let feedback = store.analysis(id).await.unwrap().unwrap().feedback?;
    Some((feedback.reviewer.to_string(), feedback.label))
}

on_both! {
    async fn feedback_answers_the_analysis_as_it_now_is(store: Arc<dyn Store>) {
        let analysis = stored(store.as_ref(), "late").await;
        let answered = store.append_feedback(&entry(&analysis, "zoé", Label::Positive, 42)).await.unwrap();
        let mut expected = analysis;
        expected.feedback = Some(Feedback {
            label: Label::Positive,
            at: at(42),
            reviewer: Reviewer::parse("zoé").unwrap(),
        });
        assert_eq!(answered.as_ref(), Some(&expected));
        assert_eq!(store.analysis(expected.id).await.unwrap(), Some(expected));
    }

    async fn feedback_on_an_unknown_analysis_is_none_and_leaves_nothing(store: Arc<dyn Store>) {
        let analysis = analysis_of("never stored");
        let answer = store.append_feedback(&entry(&analysis, "zoe", Label::Positive, 1)).await.unwrap();
        assert_eq!(answer, None);
        store.insert_analysis(&analysis).await.unwrap();
        assert_eq!(in_force(store.as_ref(), analysis.id).await, None);
    }

    async fn a_reviewer_may_change_their_mind(store: Arc<dyn Store>) {
        let analysis = stored(store.as_ref(), "late").await;
        store.append_feedback(&entry(&analysis, "zoe", Label::Positive, 1)).await.unwrap();
        store.append_feedback(&entry(&analysis, "zoe", Label::Neutral, 2)).await.unwrap();
        assert_eq!(in_force(store.as_ref(), analysis.id).await, Some(("zoe".to_owned(), Label::Neutral)));
    }

    async fn an_undo_takes_back_all_that_its_reviewer_said(store: Arc<dyn Store>) {
        let analysis = stored(store.as_ref(), "late").await;
        store.append_feedback(&entry(&analysis, "zoe", Label::Positive, 1)).await.unwrap();
        store.append_feedback(&entry(&analysis, "zoe", Label::Neutral, 2)).await.unwrap();
        let answered = store.append_feedback(&entry(&analysis, "zoe", None, 3)).await.unwrap().unwrap();
        assert_eq!(answered.feedback, None);
        assert_eq!(in_force(store.as_ref(), analysis.id).await, None);
    }

    async fn an_undo_uncovers_what_another_reviewer_said(store: Arc<dyn Store>) {
        let analysis = stored(store.as_ref(), "late").await;
        store.append_feedback(&entry(&analysis, "ada", Label::Positive, 1)).await.unwrap();
        store.append_feedback(&entry(&analysis, "zoe", Label::Neutral, 2)).await.unwrap();
        store.append_feedback(&entry(&analysis, "zoe", None, 3)).await.unwrap();
        assert_eq!(in_force(store.as_ref(), analysis.id).await, Some(("ada".to_owned(), Label::Positive)));
    }

    async fn the_newest_word_of_several_reviewers_counts(store: Arc<dyn Store>) {
        let analysis = stored(store.as_ref(), "late").await;
        store.append_feedback(&entry(&analysis, "zoe", Label::Neutral, 9)).await.unwrap();
        store.append_feedback(&entry(&analysis, "ada", Label::Positive, 5)).await.unwrap();
        assert_eq!(in_force(store.as_ref(), analysis.id).await, Some(("zoe".to_owned(), Label::Neutral)));
    }

    async fn an_undo_counts_even_if_its_clock_is_behind_or_the_same(store: Arc<dyn Store>) {
        for undone_at in [5, 1] {
            let analysis = stored(store.as_ref(), "late").await;
            store.append_feedback(&entry(&analysis, "zoe", Label::Neutral, 5)).await.unwrap();
            store.append_feedback(&entry(&analysis, "zoe", None, undone_at)).await.unwrap();
            assert_eq!(in_force(store.as_ref(), analysis.id).await, None, "undone at {undone_at}");
            store.append_feedback(&entry(&analysis, "zoe", Label::Positive, 2)).await.unwrap();
            assert_eq!(in_force(store.as_ref(), analysis.id).await, Some(("zoe".to_owned(), Label::Positive)));
        }
    }

    async fn an_entry_is_taken_once(store: Arc<dyn Store>) {
        let analysis = stored(store.as_ref(), "late").await;
        let entry = entry(&analysis, "zoe", Label::Neutral, 5);
        store.append_feedback(&entry).await.unwrap();
        let again = store.append_feedback(&entry).await;
        assert!(matches!(again, Err(StoreError::Query(_))), "{again:?}");
    }
}

#[tokio::test]
async fn postgres_refuses_to_change_the_log() {
    let home = Home::postgres();
    let store = home.store().await;
    let analysis = stored(store.as_ref(), "late").await;
    store.append_feedback(&entry(&analysis, "zoe", Label::Neutral, 5)).await.unwrap();
    let server = postgres_fixture::PostgresServer::shared().unwrap();
    for statement in
        ["UPDATE feedback SET label = NULL", "DELETE FROM feedback", "TRUNCATE feedback"]
    {
        let error = server.sql(&home.url, statement).unwrap_err().to_string();
        assert!(error.contains("append-only"), "{statement}: {error}");
    }
}

#[tokio::test]
async fn sqlite_refuses_to_change_the_log() {
    use sqlx::Connection;
    let home = Home::sqlite();
    let store = home.store().await;
    let analysis = stored(store.as_ref(), "late").await;
    store.append_feedback(&entry(&analysis, "zoe", Label::Neutral, 5)).await.unwrap();
    let mut connection = sqlx::SqliteConnection::connect(&home.url).await.unwrap();
    for statement in ["UPDATE feedback SET label = NULL", "DELETE FROM feedback"] {
        let error = sqlx::query(statement).execute(&mut connection).await.unwrap_err().to_string();
        assert!(error.contains("append-only"), "{statement}: {error}");
    }
}
