//! Invariant 5, the part that needs no run: both databases have the same migrations.

use std::collections::BTreeSet;
use std::ffi::OsString;

use anyhow::Result;

use super::none;
use crate::workspace::Workspace;

pub fn check(workspace: &Workspace) -> Result<()> {
    let files = workspace.files()?;
    let names_in = |folder: &str| -> BTreeSet<OsString> {
        let own = files
            .iter()
            .filter(|file| file.parent().is_some_and(|parent| parent.ends_with(folder)));
        own.filter_map(|file| file.file_name().map(Into::into)).collect()
    };
    let [sqlite, postgres] = ["migrations/sqlite", "migrations/postgres"].map(names_in);
    let lonely = sqlite.symmetric_difference(&postgres);
    none(
        &lonely
            .map(|name| format!("{} is in one folder alone", name.display()))
            .collect::<Vec<_>>(),
    )
}
