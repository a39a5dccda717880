//! The arrows between the crates: the table in ARCHITECTURE.md is what is checked, so it cannot go stale.
//!
//! | crate | uses of ours | never names |
//!
//! In the second cell stand the crates of ours that it may use; after `only:`, those that must be optional.
//! In the third stand public crates, each also standing for its family: `candle` for `candle-core`.
//! Arrows of tests are free.

use std::fs;

use anyhow::{Context, Result, bail};
use cargo_metadata::{Dependency, DependencyKind, MetadataCommand, Package};

use super::none;
use crate::workspace::Workspace;

/// A row of the table.
#[derive(Debug, PartialEq)]
struct Arrows {
    name: String,
    uses: Vec<String>,
    uses_optionally: Vec<String>,
    never_names: Vec<String>,
}

pub fn check(workspace: &Workspace) -> Result<()> {
    let path = workspace.root.join("ARCHITECTURE.md");
    let document =
        fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let rows = table(&document)?;
    let metadata = MetadataCommand::new().current_dir(&workspace.root).no_deps().exec()?;
    let mut findings = vec![];
    for package in metadata.workspace_packages() {
        match rows.iter().find(|row| package.name == row.name.as_str()) {
            Some(row) => findings.extend(violations(package, row, workspace)),
            None => findings
                .push(format!("`{}` has no row in the arrows of ARCHITECTURE.md", package.name)),
        }
    }
    none(&findings)
}

fn violations(package: &Package, row: &Arrows, workspace: &Workspace) -> Vec<String> {
    let in_product = package
        .dependencies
        .iter()
        .filter(|dependency| dependency.kind != DependencyKind::Development);
    in_product.filter_map(|dependency| violation(dependency, row, workspace)).collect()
}

fn violation(dependency: &Dependency, row: &Arrows, workspace: &Workspace) -> Option<String> {
    let Dependency { name, optional, .. } = dependency;
    let crate_name = &row.name;
    if let Some(family) = row.never_names.iter().find(|family| is_of_family(name, family)) {
        return Some(format!("`{crate_name}` uses {name}, but never names {family}"));
    }
    if !workspace.has_member(name) || row.uses.contains(name) {
        return None;
    }
    if !row.uses_optionally.contains(name) {
        return Some(format!("`{crate_name}` uses {name}: that is no arrow of ARCHITECTURE.md"));
    }
    (!optional).then(|| format!("`{crate_name}` uses {name} without a feature"))
}

fn is_of_family(name: &str, family: &str) -> bool {
    name.strip_prefix(family).is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '_']))
}

/// The rows under the heading `| crate | uses of ours | never names |`.
fn table(document: &str) -> Result<Vec<Arrows>> {
    let mut lines = document.lines();
    if !lines.any(|line| {
        cells(line).is_some_and(|cells| cells == ["crate", "uses of ours", "never names"])
    }) {
        bail!(
            "ARCHITECTURE.md has no table with the heading | crate | uses of ours | never names |"
        );
    }
    Ok(lines.skip(1).map_while(cells).map(row).collect())
}

fn cells(line: &str) -> Option<Vec<&str>> {
    let inner = line.trim().strip_prefix('|')?.strip_suffix('|')?;
    Some(inner.split('|').map(str::trim).collect())
}

fn row(cells: Vec<&str>) -> Arrows {
    let cell = |index: usize| cells.get(index).copied().unwrap_or_default();
    let (uses, uses_optionally) = cell(1).split_once("only:").unwrap_or((cell(1), ""));
    Arrows {
        name: words(cell(0)).concat(),
        uses: words(uses),
        uses_optionally: words(uses_optionally),
        never_names: words(cell(2)).into_iter().map(|word| word.to_lowercase()).collect(),
    }
}

/// What may be the name of a crate: the rest of the prose is no crate and so does no harm.
fn words(cell: &str) -> Vec<String> {
    cell.split(|c: char| !c.is_alphanumeric() && c != '-' && c != '_')
        .filter(|word| !word.is_empty())
        .map(String::from)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCUMENT: &str = "
# Arrows
| crate | uses of ours | never names |
|---|---|---|
| `app` | domain; with `ssr` only: engine | sqlx, candle |
| `frontend` | app[hydrate] | Kafka |

| not | of | the table |
";

    #[test]
    fn rows_end_with_the_table() {
        let rows = table(DOCUMENT).unwrap();
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[1].name, "frontend");
        assert!(rows[1].uses.contains(&"app".to_owned()));
        assert_eq!(rows[1].never_names, ["kafka"]);
    }

    #[test]
    fn what_stands_behind_only_must_be_optional() {
        let rows = table(DOCUMENT).unwrap();
        assert!(rows[0].uses.contains(&"domain".to_owned()));
        assert!(!rows[0].uses.contains(&"engine".to_owned()));
        assert_eq!(rows[0].uses_optionally, ["engine"]);
    }

    #[test]
    fn a_name_stands_for_its_family() {
        assert!(is_of_family("candle-core", "candle"));
        assert!(is_of_family("candle", "candle"));
        assert!(!is_of_family("candlestick", "candle"));
    }

    #[test]
    fn a_document_without_the_table_is_refused() {
        assert!(table("# Nothing").is_err());
    }
}
