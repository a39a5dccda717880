//! Licences, bans and sources of what we depend on, as deny.toml says.
//!
//! cargo-deny does it where it is installed. It takes longer to build than Vigie's own page, so elsewhere
//! this reads the same file: allowed licences, banned crates and the one registry.

use std::fs;

use anyhow::{Context, Result};
use cargo_metadata::Package;
use serde::Deserialize;
use spdx::{Expression, ParseMode};

use super::none;
use crate::command;
use crate::workspace::Workspace;

/// The parts of deny.toml that are checked here.
#[derive(Deserialize)]
struct Deny {
    licenses: Licences,
    bans: Bans,
    sources: Sources,
}

#[derive(Deserialize)]
struct Licences {
    allow: Vec<String>,
    #[serde(default)]
    exceptions: Vec<Exception>,
}

/// A licence allowed for one crate alone.
#[derive(Deserialize)]
struct Exception {
    #[serde(rename = "crate")]
    name: String,
    allow: Vec<String>,
}

#[derive(Deserialize)]
struct Bans {
    deny: Vec<Banned>,
}

#[derive(Deserialize)]
struct Banned {
    #[serde(rename = "crate")]
    name: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Sources {
    allow_registry: Vec<String>,
}

pub fn check(workspace: &Workspace) -> Result<()> {
    if command::find(&["cargo-deny"]).is_some() {
        return command::run(workspace.cargo().args([
            "deny",
            "--all-features",
            "check",
            "licenses",
            "bans",
            "sources",
        ]));
    }
    let path = workspace.root.join("deny.toml");
    let text =
        fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let deny: Deny =
        toml::from_str(&text).context("deny.toml has another form than this check knows")?;
    let packages = workspace.dependencies()?.packages;
    none(&packages.iter().flat_map(|package| findings(package, &deny)).collect::<Vec<_>>())
}

fn findings(package: &Package, deny: &Deny) -> Vec<String> {
    let mut findings = vec![];
    if deny.bans.deny.iter().any(|banned| package.name == banned.name.as_str()) {
        findings.push(format!("{} is banned", package.name));
    }
    if let Some(source) = &package.source
        && !deny
            .sources
            .allow_registry
            .iter()
            .any(|registry| source.repr == format!("registry+{registry}"))
    {
        findings.push(format!("{} comes from {source}", package.name));
    }
    let extra =
        deny.licenses.exceptions.iter().filter(|exception| package.name == exception.name.as_str());
    let allowed: Vec<&str> = extra
        .flat_map(|exception| &exception.allow)
        .chain(&deny.licenses.allow)
        .map(String::as_str)
        .collect();
    let licence = package.license.as_deref().unwrap_or_default();
    if !is_allowed(licence, &allowed) {
        findings.push(format!("{} has the licence `{licence}`", package.name));
    }
    findings
}

/// Whether one reading of the expression needs allowed licences alone.
fn is_allowed(licence: &str, allowed: &[&str]) -> bool {
    // Lax, as cargo-deny: old crates write MIT/Apache-2.0.
    Expression::parse_mode(licence, ParseMode::LAX).is_ok_and(|expression| {
        expression.evaluate(|requirement| allowed.contains(&requirement.to_string().as_str()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_allowed_reading_is_enough() {
        assert!(is_allowed("GPL-3.0 OR (MIT AND Zlib)", &["MIT", "Zlib"]));
        assert!(is_allowed("MIT/Apache-2.0", &["Apache-2.0"]));
    }

    #[test]
    fn an_unknown_or_missing_licence_is_refused() {
        assert!(!is_allowed("MIT AND GPL-3.0", &["MIT"]));
        assert!(!is_allowed("", &["MIT"]));
    }

    #[test]
    fn an_exception_is_part_of_the_licence() {
        assert!(is_allowed("Apache-2.0 WITH LLVM-exception", &["Apache-2.0 WITH LLVM-exception"]));
        assert!(!is_allowed("Apache-2.0 WITH LLVM-exception", &["MIT"]));
    }
}
