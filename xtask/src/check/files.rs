//! A file has one idea, and the repository stays quick to clone.

use std::fs;

use anyhow::Result;

use super::none;
use crate::workspace::Workspace;

/// Of a source file.
const MOST_LINES: usize = 400;
/// GitHub warns from 50 MB on and refuses 100.
const MOST_BYTES: u64 = 60_000_000;
/// Written by people, so that people can read them.
const SOURCES: [&str; 6] = ["rs", "ts", "js", "css", "sql", "toml"];

pub fn check(workspace: &Workspace) -> Result<()> {
    let mut findings = vec![];
    for file in workspace.files()? {
        let path = workspace.root.join(&file);
        let bytes = fs::metadata(&path)?.len();
        if bytes > MOST_BYTES {
            findings.push(format!(
                "{} has {} MB: the limit is {}",
                file.display(),
                bytes / 1_000_000,
                MOST_BYTES / 1_000_000
            ));
        }
        let is_source = file
            .extension()
            .is_some_and(|extension| SOURCES.iter().any(|source| extension == *source));
        if is_source {
            let lines = fs::read_to_string(&path)?.lines().count();
            if lines > MOST_LINES {
                findings.push(format!(
                    "{} has {lines} lines: split it, the limit is {MOST_LINES}",
                    file.display()
                ));
            }
        }
    }
    none(&findings)
}
