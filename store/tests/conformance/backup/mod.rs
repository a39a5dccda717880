//! What was backed up, copied and restored is what was there.

mod damage;
mod dump;
mod everything;
mod refusals;
mod upgrade;

use std::path::{Path, PathBuf};

use domain::{Label, PageRequest};
use futures::future::join_all;
use store::backup::{backup, copy, restore};
use tempfile::TempDir;

use crate::{
    home::{Home, analysis_of, entry, stored},
    streams,
};

/// A database with rows in every table, and what they are.
async fn filled(home: &Home) -> dump::Dump {
    let store = home.store().await;
    everything::fill(&*store).await;
    store.close().await;
    let dump = dump::of(&home.url).await;
    for (table, rows) in &dump {
        assert!(!rows.is_empty(), "let backup/everything.rs put a row into the table {table}");
    }
    dump
}

fn file() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("vigie.backup");
    (folder, path)
}

/// What is in `folder`, hidden files too.
fn names_in(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

async fn is_the_same_after_backup_and_restore(from: Home, to: Home) {
    let before = filled(&from).await;
    let (folder, path) = file();
    let (written, bytes) = backup(&from.url, &path).await.unwrap();
    assert_eq!(bytes, path.metadata().unwrap().len());
    assert_eq!(names_in(folder.path()), ["vigie.backup"]);
    let read = restore(&path, &to.url, false).await.unwrap();
    assert_eq!(read, written);
    assert_eq!(
        read.rows(),
        before.values().map(Vec::len).sum::<usize>() as u64 - 2,
        "without counters"
    );
    assert_eq!(dump::of(&from.url).await, before, "the backup changed something");
    assert_eq!(dump::of(&to.url).await, before);
}

async fn comes_back_through(from: Home, through: Home, back: Home) {
    let before = filled(&from).await;
    copy(&from.url, &through.url, false).await.unwrap();
    copy(&through.url, &back.url, false).await.unwrap();
    assert_eq!(dump::of(&back.url).await, before);
    // The other kind of database reads it as this one does.
    let [one, other] = [from.store().await, through.store().await];
    let page = PageRequest::newest(200);
    assert_eq!(one.analyses(page).await.unwrap(), other.analyses(page).await.unwrap());
    assert_eq!(one.tweets_after(0, 99).await.unwrap(), other.tweets_after(0, 99).await.unwrap());
    assert_eq!(one.incidents(None, 9).await.unwrap(), other.incidents(None, 9).await.unwrap());
    assert_eq!(one.channels().await.unwrap(), other.channels().await.unwrap());
    assert_eq!(one.newest_deliveries(9).await.unwrap(), other.newest_deliveries(9).await.unwrap());
    assert_eq!(one.radar_state().await.unwrap(), other.radar_state().await.unwrap());
}

#[tokio::test]
async fn sqlite_is_restored_row_by_row() {
    is_the_same_after_backup_and_restore(Home::sqlite(), Home::sqlite()).await;
}

#[tokio::test]
async fn postgres_is_restored_row_by_row() {
    is_the_same_after_backup_and_restore(Home::postgres(), Home::postgres()).await;
}

#[tokio::test]
async fn sqlite_comes_back_through_postgres() {
    comes_back_through(Home::sqlite(), Home::postgres(), Home::sqlite()).await;
}

#[tokio::test]
async fn postgres_comes_back_through_sqlite() {
    comes_back_through(Home::postgres(), Home::sqlite(), Home::postgres()).await;
}

async fn goes_on(home: Home) {
    filled(&home).await;
    let (_folder, path) = file();
    backup(&home.url, &path).await.unwrap();
    let last = {
        let store = home.store().await;
        let analysis = stored(&*store, "lost").await;
        store.append_feedback(&entry(&analysis, "zoe", Label::Neutral, 5)).await.unwrap();
        store.close().await;
        analysis
    };
    restore(&path, &home.url, true).await.unwrap();
    let store = home.store().await;
    assert_eq!(store.analysis(last.id).await.unwrap(), None, "what came after the backup is gone");
    let analysis = stored(&*store, "new").await;
    let said = store.append_feedback(&entry(&analysis, "zoe", Label::Neutral, 5)).await.unwrap();
    assert!(said.unwrap().feedback.is_some());
    let watch = store.watches().await.unwrap().remove(0);
    let places = store.tweets_after(0, 99).await.unwrap();
    store.append_tweets(vec![streams::tweet(&watch, 500, Label::Neutral)]).await.unwrap();
    let after = store.tweets_after(places.last().unwrap().0, 9).await.unwrap();
    assert_eq!(after[0].0, 52, "50 were kept, and the 51st was of a watch that is gone");
    store.close().await;
}

#[tokio::test]
async fn sqlite_goes_on_where_the_backup_was() {
    goes_on(Home::sqlite()).await;
}

#[tokio::test]
async fn postgres_goes_on_where_the_backup_was() {
    goes_on(Home::postgres()).await;
}

/// An analysis is never without the feedback that was there before it, nor feedback without its analysis.
async fn sees_one_moment(home: Home, to: Home) {
    let store = home.store().await;
    for _ in 0..6 {
        join_all((0..250).map(|_| stored(&*store, "before"))).await;
    }
    let (_folder, path) = file();
    let writer = std::sync::Arc::clone(&store);
    let writing = tokio::spawn(async move {
        loop {
            let analysis = analysis_of("meanwhile");
            writer.insert_analysis(&analysis).await.unwrap();
            writer.append_feedback(&entry(&analysis, "zoe", Label::Neutral, 5)).await.unwrap();
        }
    });
    for _ in 0..3 {
        backup(&home.url, &path).await.unwrap();
        let summary = restore(&path, &to.url, true).await.unwrap();
        let count = |name: &str| summary.tables.iter().find(|(table, _)| table == name).unwrap().1;
        let without = count("analyses") - 1_500 - count("feedback");
        assert!(without <= 1, "{summary:?}");
    }
    writing.abort();
}

#[tokio::test]
async fn a_backup_of_sqlite_sees_one_moment_while_others_write() {
    sees_one_moment(Home::sqlite(), Home::sqlite()).await;
}

#[tokio::test]
async fn a_backup_of_postgres_sees_one_moment_while_others_write() {
    sees_one_moment(Home::postgres(), Home::sqlite()).await;
}
