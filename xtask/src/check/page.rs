//! Invariant 1: what the page is made of.

use anyhow::Result;

use super::none;
use crate::command;
use crate::setup::WASM;
use crate::workspace::Workspace;

const NEVER: [&str; 4] = ["candle-core", "sqlx", "mio", "engine"];

pub fn check(workspace: &Workspace) -> Result<()> {
    let mut tree = workspace.cargo();
    tree.args([
        "tree",
        "--package=frontend",
        "--target",
        WASM,
        "--edges=normal",
        "--prefix=none",
        "--format={lib}",
    ]);
    let tree = command::read(tree.args(["--locked"]))?;
    let found = NEVER.into_iter().filter(|name| {
        let library = name.replace('-', "_");
        tree.lines().any(|line| line.trim() == library)
    });
    none(&found.map(|name| format!("`frontend` is built with {name}: cargo tree -p frontend --target {WASM} -e normal -i {name}")).collect::<Vec<_>>())
}
