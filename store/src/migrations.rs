//! The tables, step by step: SQL files of the folder `migrations`, carried in the program.
//!
//! They are listed here rather than by `sqlx::migrate!`, whose macro crate would build both
//! drivers a second time; a new step is one more line in [`steps!`].

use sqlx::{
    SqlStr,
    migrate::{Migration, MigrationType, Migrator},
};

/// One list for both folders, so that neither can lack a step of the other.
macro_rules! steps {
    ($folder:literal) => {
        steps!($folder: 1 => "0001_analyses_and_feedback")
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

    use super::*;

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
