//! Invariant 6: server and browser are told apart in two files of `app` at most.

use std::fs;

use anyhow::Result;

use super::none;
use crate::workspace::Workspace;

const MOST: usize = 2;

pub fn check(workspace: &Workspace) -> Result<()> {
    let mut findings = vec![];
    for file in workspace.files()? {
        let is_of_app = file.starts_with("app/src")
            && file.extension().is_some_and(|extension| extension == "rs");
        if is_of_app && fs::read_to_string(workspace.root.join(&file))?.contains("cfg(feature") {
            findings.push(format!("{} asks for a feature", file.display()));
        }
    }
    if findings.len() > MOST { none(&findings) } else { Ok(()) }
}
