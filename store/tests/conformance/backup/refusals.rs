//! What must not be lost is not.

use std::fs;

use postgres_fixture::PostgresServer;
use sqlx::{Connection, SqliteConnection};
use store::backup::{BackupError, backup, copy, restore};

use super::{dump, file, filled, names_in};
use crate::home::{Home, stored};

/// A backup of one analysis.
async fn small(path: &std::path::Path) {
    let home = Home::sqlite();
    let store = home.store().await;
    stored(&*store, "late").await;
    backup(&home.url, path).await.unwrap();
}

#[tokio::test]
async fn a_database_with_rows_is_replaced_only_when_that_is_said() {
    let (_folder, path) = file();
    small(&path).await;
    for home in [Home::sqlite(), Home::postgres()] {
        let before = filled(&home).await;
        let error = restore(&path, &home.url, false).await.unwrap_err();
        assert!(matches!(error, BackupError::NotEmpty), "{error}");
        assert_eq!(dump::of(&home.url).await, before);
        restore(&path, &home.url, true).await.unwrap();
        let after = dump::of(&home.url).await;
        assert_eq!(after["analyses"].len(), 1);
        assert!(after["stream_tweets"].is_empty() && after["counters"].is_empty(), "{after:?}");
    }
}

#[tokio::test]
async fn an_empty_database_that_was_used_before_is_filled() {
    let (_folder, path) = file();
    small(&path).await;
    for home in [Home::sqlite(), Home::postgres()] {
        home.store().await.close().await;
        restore(&path, &home.url, false).await.unwrap();
        assert_eq!(dump::of(&home.url).await["analyses"].len(), 1);
    }
}

#[tokio::test]
async fn a_sqlite_file_that_is_in_use_is_not_replaced() {
    let (_folder, path) = file();
    small(&path).await;
    let home = Home::sqlite();
    let store = home.store().await;
    let analysis = stored(&*store, "kept").await;
    let error = restore(&path, &home.url, true).await.unwrap_err();
    assert!(matches!(error, BackupError::InUse), "{error}");
    assert!(store.analysis(analysis.id).await.unwrap().is_some());
    stored(&*store, "and goes on").await;
    store.close().await;
    restore(&path, &home.url, true).await.unwrap();
}

#[tokio::test]
async fn a_service_on_postgres_reads_what_was_restored_under_it() {
    let (_folder, path) = file();
    small(&path).await;
    let home = Home::postgres();
    let store = home.store().await;
    let analysis = stored(&*store, "lost").await;
    restore(&path, &home.url, true).await.unwrap();
    assert_eq!(store.analysis(analysis.id).await.unwrap(), None);
    stored(&*store, "new").await;
}

#[tokio::test]
async fn tables_of_others_are_left_alone() {
    let (_folder, path) = file();
    small(&path).await;
    let sqlite = Home::sqlite();
    sqlite.store().await.close().await;
    let mut connection = SqliteConnection::connect(&sqlite.url).await.unwrap();
    sqlx::query("CREATE TABLE mine (id INTEGER)").execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    let error = restore(&path, &sqlite.url, true).await.unwrap_err();
    assert!(matches!(error, BackupError::OthersTables), "{error}");

    let server = PostgresServer::shared().unwrap();
    let postgres = Home::postgres();
    server.sql(&postgres.url, "CREATE TABLE mine AS SELECT 7 AS id").unwrap();
    restore(&path, &postgres.url, true).await.unwrap();
    restore(&path, &postgres.url, true).await.unwrap();
    assert_eq!(server.sql(&postgres.url, "SELECT id FROM mine").unwrap(), "7");
    let taken = Home::postgres();
    server.sql(&taken.url, "CREATE TABLE feedback AS SELECT 7 AS id").unwrap();
    let error = restore(&path, &taken.url, true).await.unwrap_err();
    assert!(matches!(error, BackupError::OthersTables), "{error}");
    assert_eq!(server.sql(&taken.url, "SELECT id FROM feedback").unwrap(), "7");
}

#[tokio::test]
async fn a_backup_that_fails_leaves_the_one_before() {
    let (folder, path) = file();
    fs::write(&path, "the one before").unwrap();
    let nowhere = format!("sqlite://{}", folder.path().join("nowhere.db").display());
    let error = backup(&nowhere, &path).await.unwrap_err();
    assert!(matches!(error, BackupError::NothingThere), "{error}");
    let bad = "mysql://me:secret@host/db";
    assert!(!backup(bad, &path).await.unwrap_err().to_string().contains("secret"));
    let postgres = Home::postgres();
    let error = backup(&postgres.url, &path).await.unwrap_err();
    assert!(matches!(error, BackupError::NothingThere), "{error}");
    assert_eq!(fs::read(&path).unwrap(), b"the one before");
    assert_eq!(names_in(folder.path()), ["vigie.backup"]);
    let missing = folder.path().join("missing/vigie.backup");
    let home = Home::sqlite();
    home.store().await.close().await;
    let error = backup(&home.url, &missing).await.unwrap_err();
    assert!(matches!(error, BackupError::CannotWrite { .. }), "{error}");
}

#[tokio::test]
async fn a_database_is_not_copied_to_itself() {
    let home = Home::sqlite();
    let before = filled(&home).await;
    let error = copy(&home.url, &home.url, true).await.unwrap_err();
    assert!(matches!(error, BackupError::SameDatabase), "{error}");
    let same = home.url.replace("sqlite://", "sqlite:");
    let error = copy(&home.url, &same, true).await.unwrap_err();
    assert!(matches!(error, BackupError::InUse), "{error}");
    assert_eq!(dump::of(&home.url).await, before);
}

#[cfg(unix)]
#[tokio::test]
async fn a_backup_is_for_whoever_made_it_and_a_restored_file_keeps_its_rights() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, path) = file();
    small(&path).await;
    let mode = |path: &std::path::Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&path), 0o600);
    let database = folder.path().join("vigie.db");
    let url = format!("sqlite://{}", database.display());
    restore(&path, &url, false).await.unwrap();
    fs::set_permissions(&database, fs::Permissions::from_mode(0o640)).unwrap();
    restore(&path, &url, true).await.unwrap();
    assert_eq!(mode(&database), 0o640);
}
