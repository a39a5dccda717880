//! `cargo xtask build`: the program and the page.
//!
//! The two are compiled at the same time: each ends in a link step that keeps one core busy.

use std::fs;
use std::path::PathBuf;
use std::thread;

use anyhow::{Context, Result, anyhow};

use crate::command;
use crate::setup;
use crate::workspace::Workspace;

mod compress;
mod freshness;
mod public;
mod scripts;
mod sizes;
mod style;
mod wasm;

/// The folder of what users run.
pub const RELEASE: &str = "release";
/// The folder of what tests run.
pub const DEVELOPMENT: &str = "debug";

/// Leaves `release/vigie` and `site` in the target folder.
///
/// # Errors
/// When a part does not compile.
pub fn build(workspace: &Workspace) -> Result<()> {
    setup::for_building(workspace)?;
    thread::scope(|scope| {
        let page = scope.spawn(|| site(workspace));
        command::run(workspace.cargo().args(["build", "--package=server", "--release"]))
            .and(page.join().unwrap_or_else(|_| Err(anyhow!("the build of the page panicked"))))
    })?;
    sizes::print(workspace)
}

/// Leaves `site` in the target folder: the page's wasm and its glue, the model's for readers' devices with the
/// bundle that it reads, the style sheet, the files of public/ and the charts of docs/models, each beside its
/// compressed forms. What is up to date stays as it is.
///
/// # Errors
/// When a part does not compile.
pub fn site(workspace: &Workspace) -> Result<()> {
    let site = workspace.site();
    let package = site.join("pkg");
    fs::create_dir_all(&package).with_context(|| format!("cannot create {}", package.display()))?;
    let mut files = vec![];
    files.extend(scripts::build(workspace, &package)?);
    files.extend(style::build(workspace, &package)?);
    files.extend(public::copy(workspace, &site)?);
    compress::all(&files)?;
    public::remove_all_but(&site, &files)
}

/// The built `vigie` of a profile's folder.
pub fn binary(workspace: &Workspace, profile: &str) -> PathBuf {
    workspace.target.join(profile).join("vigie")
}
