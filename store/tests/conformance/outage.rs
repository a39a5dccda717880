//! Databases that are away, and addresses that are wrong.

use std::{
    fs,
    sync::Arc,
    time::{Duration, Instant},
};

use domain::{Analysis, Label, PageRequest};
use postgres_fixture::PostgresServer;
use store::{ConnectOptions, Store, StoreError, connect};

use crate::home::{Home, analysis_of, entry, stored};

/// Acquiring a connection may take two seconds; the rest is for a slow machine.
const SOON: Duration = Duration::from_secs(4);

#[tokio::test]
async fn a_dead_server_is_told_soon_and_the_store_recovers_by_itself() {
    let server = PostgresServer::new().unwrap_or_else(|error| panic!("{error}"));
    let url = server.create_database().unwrap();
    let store = connect(&url, &ConnectOptions::default()).await.unwrap();
    let analysis = stored(store.as_ref(), "late").await;

    server.kill().unwrap();
    let begin = Instant::now();
    let error =
        store.append_feedback(&entry(&analysis, "zoe", Label::Neutral, 1)).await.unwrap_err();
    assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
    assert!(begin.elapsed() < SOON, "{:?}", begin.elapsed());
    assert!(store.ping().await.is_err());

    server.start().unwrap();
    store.ping().await.unwrap();
    assert_eq!(store.analysis(analysis.id).await.unwrap(), Some(analysis));
}

#[tokio::test]
async fn a_store_may_be_opened_before_its_server_is_there() {
    let server = PostgresServer::new().unwrap_or_else(|error| panic!("{error}"));
    let url = server.create_database().unwrap();
    server.stop().unwrap();
    let store = connect(&url, &ConnectOptions::default()).await.unwrap();
    assert!(matches!(store.ping().await, Err(StoreError::Unavailable(_))));

    server.start().unwrap();
    let analysis = stored(store.as_ref(), "late").await;
    assert_eq!(store.analysis(analysis.id).await.unwrap(), Some(analysis));
}

#[tokio::test]
async fn a_database_that_does_not_exist_is_refused_with_a_sentence() {
    let server = PostgresServer::shared().unwrap_or_else(|error| panic!("{error}"));
    let url = server.url().replace("/postgres", "/nowhere");
    let error = connect(&url, &ConnectOptions::default()).await.err().unwrap();
    assert!(matches!(error, StoreError::Refused(_)), "{error:?}");
    assert!(error.to_string().contains("name of the database"), "{error}");
}

#[tokio::test]
async fn a_user_without_rights_is_refused() {
    let home = Home::postgres();
    let server = PostgresServer::shared().unwrap();
    server
        .sql(
            &home.url,
            "DO $$ BEGIN CREATE USER guest; EXCEPTION WHEN duplicate_object THEN END $$",
        )
        .unwrap();
    let url = home.url.replace("vigie@", "guest@");
    let error = connect(&url, &ConnectOptions::default()).await.err().unwrap();
    assert!(matches!(error, StoreError::Refused(_)), "{error:?}");
}

#[tokio::test]
async fn a_database_of_a_newer_version_is_left_alone() {
    let home = Home::postgres();
    home.store().await.close().await;
    let server = PostgresServer::shared().unwrap();
    let newer = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES (9999, 'later', true, '', 0)";
    server.sql(&home.url, newer).unwrap();
    let error = connect(&home.url, &ConnectOptions::default()).await.err().unwrap();
    assert!(error.to_string().contains("newer version"), "{error}");
}

#[tokio::test]
async fn a_moved_sqlite_file_is_told_and_found_when_it_is_back() {
    let home = Home::sqlite();
    let store = home.store().await;
    let analysis = stored(store.as_ref(), "late").await;
    let path = home.url.strip_prefix("sqlite://").unwrap();
    let aside = format!("{path}.aside");
    fs::rename(path, &aside).unwrap();
    assert!(matches!(store.ping().await, Err(StoreError::Unavailable(_))));
    let entry = entry(&analysis, "zoe", Label::Neutral, 1);
    let lost = store.append_feedback(&entry).await;
    assert!(matches!(lost, Err(StoreError::Unavailable(_))), "{lost:?}");

    fs::rename(&aside, path).unwrap();
    store.ping().await.unwrap();
    assert!(store.append_feedback(&entry).await.unwrap().unwrap().feedback.is_some());
}

/// A store on a SQLite file, and a backup beside it of before its only analysis.
async fn with_backup(home: &Home) -> (Arc<dyn Store>, Analysis, String, String) {
    let path = home.url.strip_prefix("sqlite://").unwrap().to_owned();
    let backup = format!("{path}.backup");
    home.store().await.close().await;
    fs::copy(&path, &backup).unwrap();
    let store = home.store().await;
    let analysis = stored(store.as_ref(), "late").await;
    (store, analysis, path, backup)
}

#[tokio::test]
async fn a_restored_backup_is_used_at_once_and_the_replaced_file_stays_whole() {
    let home = Home::sqlite();
    let (store, before, path, backup) = with_backup(&home).await;
    let aside = format!("{path}.aside");
    fs::rename(&path, &aside).unwrap();
    fs::rename(&backup, &path).unwrap();

    store.ping().await.unwrap();
    assert_eq!(store.analysis(before.id).await.unwrap(), None, "it is not in the backup");
    let after = stored(store.as_ref(), "after").await;
    store.close().await;
    let restored = home.store().await;
    assert_eq!(restored.analysis(after.id).await.unwrap(), Some(after));
    assert_eq!(restored.analysis(before.id).await.unwrap(), None);
    let aside = connect(&format!("sqlite://{aside}"), &ConnectOptions::default()).await.unwrap();
    assert_eq!(aside.analysis(before.id).await.unwrap(), Some(before));
}

#[tokio::test]
async fn many_at_once_find_the_restored_backup() {
    let home = Home::sqlite();
    let (store, _, path, backup) = with_backup(&home).await;
    fs::rename(&backup, &path).unwrap();
    let writers: Vec<_> = (0..20)
        .map(|n| {
            let store = Arc::clone(&store);
            tokio::spawn(async move { stored(store.as_ref(), &format!("tweet {n}")).await })
        })
        .collect();
    for writer in writers {
        let written = writer.await.unwrap();
        assert_eq!(store.analysis(written.id).await.unwrap(), Some(written));
    }
    assert_eq!(store.analyses(PageRequest::newest(200)).await.unwrap().items.len(), 20);
}

#[tokio::test]
async fn a_file_that_is_no_database_is_never_written_and_a_good_one_cures_it() {
    let home = Home::sqlite();
    let (store, _, path, backup) = with_backup(&home).await;
    let notes = "no database, but a text that is long enough to be looked at".repeat(20);
    let new = format!("{path}.new");
    fs::write(&new, &notes).unwrap();
    fs::rename(&new, &path).unwrap();
    assert!(store.ping().await.is_err());
    assert!(store.insert_analysis(&analysis_of("lost")).await.is_err());
    assert_eq!(fs::read_to_string(&path).unwrap(), notes);

    fs::rename(&backup, &path).unwrap();
    store.ping().await.unwrap();
    stored(store.as_ref(), "kept").await;
}

#[tokio::test]
async fn the_log_of_a_replaced_file_is_never_taken_for_the_log_of_the_new_one() {
    use sqlx::Connection;
    let home = Home::sqlite();
    let (store, _, path, backup) = with_backup(&home).await;
    // Another program that reads keeps the log from being emptied.
    let mut other = sqlx::SqliteConnection::connect(&home.url).await.unwrap();
    let mut reading = other.begin().await.unwrap();
    sqlx::query("SELECT id FROM analyses").execute(&mut *reading).await.unwrap();
    stored(store.as_ref(), "what only the log holds").await;
    fs::rename(&backup, &path).unwrap();
    for _ in 0..2 {
        let error = store.ping().await.unwrap_err();
        assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
    }

    drop(reading);
    fs::remove_file(format!("{path}-wal")).unwrap();
    store.ping().await.unwrap();
    assert!(store.analyses(PageRequest::newest(10)).await.unwrap().items.is_empty());
}

#[tokio::test]
async fn wrong_addresses_say_what_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("notes.txt");
    fs::write(&file, "no database, but a text that is long enough to be looked at".repeat(20))
        .unwrap();
    let cases = [
        ("mysql://host/db".to_owned(), "neither sqlite: nor postgres:"),
        (String::new(), "neither sqlite: nor postgres:"),
        ("sqlite::memory:".to_owned(), "nothing would be kept"),
        ("sqlite://".to_owned(), "nothing would be kept"),
        (format!("sqlite://{}", folder.path().display()), "it is a folder"),
        (format!("sqlite://{}/sub/vigie.db", file.display()), "cannot be made"),
        (format!("sqlite://{}", file.display()), "no SQLite database"),
        ("postgres://host:port/db".to_owned(), "port"),
    ];
    for (url, reason) in cases {
        let error = connect(&url, &ConnectOptions::default()).await.err().unwrap();
        assert!(matches!(error, StoreError::BadUrl { .. }), "{url}: {error:?}");
        assert!(error.to_string().contains(reason), "{url}: {error}");
    }
}
