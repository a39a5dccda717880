//! The tables, step by step: SQL files of the folder `migrations`, carried in the program.
//!
//! They are listed here rather than by `sqlx::migrate!`, whose macro crate would build both
//! drivers a second time; a new step is one more line in [`steps!`].

use sqlx::{
    SqlStr,
    migrate::{MigrateError, Migration, MigrationType, Migrator},
};

/// One list for both folders, so that neither can lack a step of the other.
macro_rules! steps {
    ($folder:literal) => {
        steps!(
            $folder:
            1 => "0001_analyses_and_feedback",
            2 => "0002_reasons_and_sureness",
            3 => "0003_watches_and_incidents",
            4 => "0004_review",
            5 => "0005_notifications",
            6 => "0006_sources",
            7 => "0007_access"
        )
    };
    ($folder:literal: $($version:literal => $name:literal),+) => {
        [$((
            $version,
            $name,
            include_str!(concat!("../../migrations/", $folder, "/", $name, ".sql")),
        )),+]
    };
}

type Step = (i64, &'static str, &'static str);

const SQLITE: &[Step] = &steps!("sqlite");
const POSTGRES: &[Step] = &steps!("postgres");

pub(crate) fn sqlite() -> Migrator {
    migrator(SQLITE)
}

pub(crate) fn postgres() -> Migrator {
    migrator(POSTGRES)
}

/// The steps up to `version`.
pub(crate) fn sqlite_up_to(version: i64) -> Migrator {
    migrator(up_to(SQLITE, version))
}

/// The steps up to `version`.
pub(crate) fn postgres_up_to(version: i64) -> Migrator {
    migrator(up_to(POSTGRES, version))
}

/// The version of the last step.
pub(crate) fn newest() -> i64 {
    SQLITE.last().map_or(0, |(version, ..)| *version)
}

/// Fails if one of `taken` is a step of a newer program.
pub(crate) fn are_known(taken: &[i64]) -> Result<(), MigrateError> {
    match taken.iter().find(|version| !SQLITE.iter().any(|(step, ..)| step == *version)) {
        Some(version) => Err(MigrateError::VersionMissing(*version)),
        None => Ok(()),
    }
}

/// Whether `taken` are all steps up to some version.
pub(crate) fn begin_with(taken: &[i64]) -> bool {
    SQLITE.iter().map(|(version, ..)| version).zip(taken).all(|(step, taken)| step == taken)
        && taken.len() <= SQLITE.len()
}

fn up_to(steps: &[Step], version: i64) -> &[Step] {
    let end = steps.iter().position(|(step, ..)| *step > version);
    &steps[..end.unwrap_or(steps.len())]
}

fn migrator(steps: &[Step]) -> Migrator {
    let migration = |&(version, name, sql): &Step| {
        let sql = SqlStr::from_static(sql);
        Migration::new(version, name.into(), MigrationType::Simple, sql, false)
    };
    Migrator::with_migrations(steps.iter().map(migration).collect())
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs, path::Path};

    use domain::AnalysisId;
    use postgres_fixture::PostgresServer;
    use sqlx::{Connection, PgConnection, SqliteConnection, sqlite::SqliteConnectOptions};
    use uuid::Uuid;

    use super::*;
    use crate::{ConnectOptions, connect};

    /// An analysis as a program of the first version wrote it.
    const OF_THE_FIRST_VERSION: &str = "
INSERT INTO analyses (
    id, label, confidence, negative, neutral, positive, known, model_name, model_version, created_at, duration_us
)
VALUES ($1, 'negative', 0.9, 0.9, 0.06, 0.04, 1.0, 'bilstm', '0123456789ab', 1, 1)
";

    /// What is read of it now, by this version, which takes the other steps first.
    async fn assert_sure_and_without_a_reason(url: &str, id: Uuid) {
        let store = connect(url, &ConnectOptions::default()).await.unwrap();
        let read = store.analysis(AnalysisId(id)).await.unwrap().unwrap().prediction;
        assert!(read.sure && read.complaint.is_none(), "{read:?}");
        store.close().await;
    }

    #[tokio::test]
    async fn analyses_of_the_first_version_are_sure_and_without_a_reason_on_sqlite() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("vigie.db");
        let options = SqliteConnectOptions::new().filename(&file).create_if_missing(true);
        let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
        migrator(&SQLITE[..1]).run_direct(None, &mut connection, false).await.unwrap();
        let id = Uuid::now_v7();
        sqlx::query(OF_THE_FIRST_VERSION).bind(id).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
        assert_sure_and_without_a_reason(&format!("sqlite://{}", file.display()), id).await;
    }

    #[tokio::test]
    async fn analyses_of_the_first_version_are_sure_and_without_a_reason_on_postgres() {
        let server = PostgresServer::shared().unwrap_or_else(|error| panic!("{error}"));
        let url = server.create_database().unwrap();
        let mut connection = PgConnection::connect(&url).await.unwrap();
        migrator(&POSTGRES[..1]).run_direct(None, &mut connection, false).await.unwrap();
        let id = Uuid::now_v7();
        sqlx::query(OF_THE_FIRST_VERSION).bind(id).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
        assert_sure_and_without_a_reason(&url, id).await;
    }

    #[test]
    fn both_folders_hold_exactly_the_listed_steps() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrations");
        for (folder, steps) in [("sqlite", SQLITE), ("postgres", POSTGRES)] {
            let files: BTreeSet<String> = fs::read_dir(root.join(folder))
                .unwrap()
                .map(|entry| entry.unwrap().file_name().into_string().unwrap())
                .collect();
            let listed = steps.iter().map(|(_, name, _)| format!("{name}.sql")).collect();
            assert_eq!(files, listed, "{folder}");
        }
    }

    #[test]
    fn the_number_of_a_step_begins_its_name() {
        for (version, name, _) in SQLITE {
            assert!(name.starts_with(&format!("{version:04}_")), "{name}");
        }
    }
}
