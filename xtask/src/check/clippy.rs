//! Clippy, once per side: the server's and the tools' crates natively, the page's and the pure ones as
//! wasm. One run over both would unite `ssr` with `hydrate`, which is a third program that nobody ships.

use anyhow::Result;

use crate::command;
use crate::setup::WASM;
use crate::workspace::Workspace;

/// The crates that exist only in the browser.
const PAGE: [&str; 2] = ["frontend", "browser"];
/// The crates without files, network, clock and threads, which run in the browser too.
const PURE: [&str; 3] = ["domain", "sentiment", "radar"];

pub fn check(workspace: &Workspace) -> Result<()> {
    let native = workspace.members.iter().map(String::as_str).filter(|name| !PAGE.contains(name));
    clippy(workspace, native, &["--all-targets", "--features=app/ssr"])?;
    let pure = PURE.into_iter().filter(|name| workspace.has_member(name));
    clippy(workspace, pure, &["--target", WASM])?;
    // Not `browser` with `frontend`: one has candle, the other must not even be compiled beside it.
    for page in PAGE.into_iter().filter(|name| workspace.has_member(name)) {
        let app: &[&str] = if page == "frontend" { &["app"] } else { &[] };
        clippy(workspace, [page].into_iter().chain(app.iter().copied()), &["--target", WASM])?;
    }
    Ok(())
}

fn clippy<'a>(
    workspace: &Workspace,
    crates: impl Iterator<Item = &'a str>,
    arguments: &[&str],
) -> Result<()> {
    let mut cargo = workspace.cargo();
    cargo
        .args(["clippy", "--keep-going"])
        .args(crates.map(|name| format!("--package={name}")))
        .args(arguments);
    command::run(cargo.args(["--", "--deny=warnings"]))
}
