//! Where PostgreSQL's programs are.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use crate::FixtureError;

/// A folder that holds `initdb` and `postgres`.
pub(crate) fn folder() -> Result<PathBuf, FixtureError> {
    let path = env::var_os("PATH").unwrap_or_default();
    let in_path = env::split_paths(&path).find(|folder| has_server(folder));
    in_path.or_else(newest_of_debian).ok_or(FixtureError::NotInstalled)
}

/// Debian keeps every version apart and none in PATH.
fn newest_of_debian() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").ok()?.filter_map(Result::ok);
    let number = |version: &fs::DirEntry| version.file_name().to_str()?.parse::<u32>().ok();
    let mut folders: Vec<_> = versions
        .filter_map(|version| Some((number(&version)?, version.path().join("bin"))))
        .filter(|(_, folder)| has_server(folder))
        .collect();
    folders.sort();
    folders.pop().map(|(_, folder)| folder)
}

fn has_server(folder: &Path) -> bool {
    ["initdb", "postgres", "psql"].iter().all(|program| folder.join(program).is_file())
}
