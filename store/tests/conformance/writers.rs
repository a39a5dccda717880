//! Many at once.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use domain::{Label, PageRequest};
use store::{ConnectOptions, Store, StoreError, connect};

use crate::{
    home::{Home, analysis_of, entry, stored},
    on_both,
};

on_both! {
    async fn writers_at_once_lose_nothing(store: Arc<dyn Store>) {
        let analyses: Vec<_> = (0..60).map(|n| analysis_of(&format!("tweet {n}"))).collect();
        let writers: Vec<_> = analyses.iter().cloned().map(|analysis| {
            let store = Arc::clone(&store);
            tokio::spawn(async move {
                store.insert_analysis(&analysis).await.unwrap();
                store.append_feedback(&entry(&analysis, "zoe", Label::Neutral, 1)).await.unwrap().unwrap();
            })
        }).collect();
        for writer in writers {
            writer.await.unwrap();
        }
        let page = store.analyses(PageRequest::newest(200)).await.unwrap();
        assert!(page.items.iter().all(|analysis| analysis.feedback.is_some()));
        let read: BTreeSet<_> = page.items.iter().map(|analysis| analysis.id).collect();
        assert_eq!(read, analyses.iter().map(|analysis| analysis.id).collect());
    }

    async fn reviewers_at_once_are_all_heard(store: Arc<dyn Store>) {
        let analysis = stored(store.as_ref(), "late").await;
        let reviewers: Vec<_> = (0..20).map(|n| {
            let (store, entry) = (Arc::clone(&store), entry(&analysis, &format!("r{n}"), Label::Neutral, n));
            tokio::spawn(async move { store.append_feedback(&entry).await.unwrap().unwrap() })
        }).collect();
        for reviewer in reviewers {
            reviewer.await.unwrap();
        }
        let read = store.analysis(analysis.id).await.unwrap().unwrap();
        assert_eq!(read.feedback.unwrap().reviewer.as_str(), "r19");
    }
}

on_both! {
    async fn as_many_writers_as_the_engine_admits_are_never_refused(store: Arc<dyn Store>) {
        let writers: Vec<_> = (0..256).map(|n| {
            let (store, analysis) = (Arc::clone(&store), analysis_of(&format!("tweet {n}")));
            tokio::spawn(async move {
                store.insert_analysis(&analysis).await.map(|()| analysis.id)
            })
        }).collect();
        let mut acknowledged = BTreeSet::new();
        for writer in writers {
            acknowledged.insert(writer.await.unwrap().unwrap());
        }
        let mut stored = BTreeSet::new();
        let mut page = Some(PageRequest::newest(200));
        while let Some(request) = page {
            let read = store.analyses(request).await.unwrap();
            stored.extend(read.items.iter().map(|analysis| analysis.id));
            page = read.next.map(|next| request.before(next));
        }
        assert_eq!(stored, acknowledged);
        assert_eq!(stored.len(), 256);
    }

    async fn a_write_that_fails_harms_none_that_came_with_it(store: Arc<dyn Store>) {
        let taken = stored(store.as_ref(), "taken").await;
        let writers: Vec<_> = (0..40).map(|n| {
            let analysis = if n % 4 == 0 { taken.clone() } else { analysis_of("new") };
            let store = Arc::clone(&store);
            tokio::spawn(async move { (n % 4 == 0, store.insert_analysis(&analysis).await) })
        }).collect();
        for writer in writers {
            let (is_taken, written) = writer.await.unwrap();
            assert_eq!(matches!(written, Err(StoreError::Query(_))), is_taken, "{written:?}");
            assert_eq!(written.is_ok(), !is_taken, "{written:?}");
        }
        assert_eq!(store.analyses(PageRequest::newest(200)).await.unwrap().items.len(), 31);
    }

    async fn whoever_is_given_up_while_writing_stops_no_other(store: Arc<dyn Store>) {
        for _ in 0..20 {
            let given_up = analysis_of("given up");
            tokio::select! {
                biased;
                _ = store.insert_analysis(&given_up) => {}
                () = tokio::task::yield_now() => {}
            }
        }
        let kept = stored(store.as_ref(), "kept").await;
        assert_eq!(store.analysis(kept.id).await.unwrap(), Some(kept));
    }
}

/// Waiting behind others is no outage: with one connection, held up by a lock, the others wait
/// longer than a connection may take to make.
#[tokio::test]
async fn writers_on_postgres_wait_behind_each_other_without_being_refused() {
    use sqlx::Connection;
    let home = Home::postgres();
    let options = ConnectOptions {
        max_connections: 1,
        acquire_timeout: Duration::from_secs(1),
        operation_timeout: Duration::from_secs(60),
    };
    let store = connect(&home.url, &options).await.unwrap();
    let mut other = sqlx::PgConnection::connect(&home.url).await.unwrap();
    let mut lock = other.begin().await.unwrap();
    sqlx::query("LOCK TABLE analyses").execute(&mut *lock).await.unwrap();
    let write = |text: &str| {
        let (store, analysis) = (Arc::clone(&store), analysis_of(text));
        tokio::spawn(async move { store.insert_analysis(&analysis).await })
    };
    let (first, mut second) = (write("first"), write("second"));
    let waited = tokio::time::timeout(3 * options.acquire_timeout, &mut second).await;
    assert!(waited.is_err(), "{waited:?}");
    lock.commit().await.unwrap();
    first.await.unwrap().unwrap();
    second.await.unwrap().unwrap();
}

/// Two programs that start at once on a new database both find their tables.
async fn start_at_once(home: Home) {
    let options = ConnectOptions::default();
    let (one, other) = tokio::join!(connect(&home.url, &options), connect(&home.url, &options));
    let (one, other) = (one.unwrap(), other.unwrap());
    let analysis = stored(one.as_ref(), "late").await;
    assert_eq!(other.analysis(analysis.id).await.unwrap(), Some(analysis));
}

#[tokio::test]
async fn two_programs_start_at_once_on_sqlite() {
    start_at_once(Home::sqlite()).await;
}

#[tokio::test]
async fn two_programs_start_at_once_on_postgres() {
    start_at_once(Home::postgres()).await;
}
