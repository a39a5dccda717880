//! Invariant 1: what the page and the model in the browser are made of.

use anyhow::Result;

use super::none;
use crate::command;
use crate::setup::WASM;
use crate::workspace::Workspace;

/// What must not be among all that a crate is built with.
const NEVER: [(&str, &[&str]); 2] = [
    ("frontend", &["candle-core", "sqlx", "mio", "engine"]),
    ("browser", &["app", "engine", "tokio", "mio", "tokenizers"]),
];

pub fn check(workspace: &Workspace) -> Result<()> {
    let mut findings = vec![];
    for (name, never) in NEVER {
        let mut tree = workspace.cargo();
        tree.args(["tree", "--package", name, "--target", WASM, "--edges=normal", "--prefix=none"]);
        let tree = command::read(tree.args(["--format={lib}", "--locked"]))?;
        let found = never.iter().filter(|never| {
            let library = never.replace('-', "_");
            tree.lines().any(|line| line.trim() == library)
        });
        findings.extend(found.map(|found| {
            format!("`{name}` is built with {found}: cargo tree -p {name} --target {WASM} -e normal -i {found}")
        }));
    }
    none(&findings)
}
