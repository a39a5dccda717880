//! Invariant 9: no `unsafe` outside of the kernel module.
//!
//! The compiler denies it by the workspace's lints. So here: every crate takes those lints, and only the
//! kernel makes an exception. (`unwrap` is clippy's, by the same lints.)

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use toml::Table;

use super::none;
use crate::workspace::Workspace;

/// The folder whose modules may, each with its reasons.
const KERNEL: &str = "sentiment/src/kernel";

pub fn check(workspace: &Workspace) -> Result<()> {
    let mut findings = vec![];
    for name in &workspace.members {
        let manifest = workspace.root.join(name).join("Cargo.toml");
        let text = fs::read_to_string(&manifest)
            .with_context(|| format!("{} is missing", manifest.display()))?;
        if !takes_lints(&text.parse()?) {
            findings.push(format!("{name}/Cargo.toml lacks `[lints] workspace = true`"));
        }
    }
    for file in workspace.files()? {
        if file.extension().is_none_or(|extension| extension != "rs")
            || is_kernel(&file)
            || file.starts_with("xtask")
        {
            continue;
        }
        let source = fs::read_to_string(workspace.root.join(&file))?;
        for (index, line) in source.lines().enumerate() {
            let unwraps = line.contains("clippy::unwrap_used") && !is_test(&file);
            if line.contains("unsafe_code") || unwraps {
                findings.push(format!("{}:{}: {}", file.display(), index + 1, line.trim()));
            }
        }
    }
    none(&findings)
}

/// `sentiment/src/kernel.rs` and what lies in the folder of that name.
fn is_kernel(file: &Path) -> bool {
    file.with_extension("").starts_with(KERNEL)
}

/// In a folder `tests`, where what tests share may unwrap as they do.
fn is_test(file: &Path) -> bool {
    file.components().any(|folder| folder.as_os_str() == "tests")
}

fn takes_lints(manifest: &Table) -> bool {
    let workspace = manifest.get("lints").and_then(|lints| lints.get("workspace"));
    workspace.and_then(toml::Value::as_bool) == Some(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crate_without_the_lints_is_found() {
        assert!(takes_lints(&"[lints]\nworkspace = true".parse().unwrap()));
        assert!(!takes_lints(&"[package]\nname = \"loose\"".parse().unwrap()));
    }

    #[test]
    fn only_a_folder_of_tests_may_unwrap() {
        assert!(is_test(Path::new("store/tests/conformance/main.rs")));
        assert!(!is_test(Path::new("store/src/connect.rs")));
    }

    #[test]
    fn the_kernel_is_a_file_or_a_folder() {
        assert!(is_kernel(Path::new("sentiment/src/kernel.rs")));
        assert!(is_kernel(Path::new("sentiment/src/kernel/lstm.rs")));
        assert!(!is_kernel(Path::new("sentiment/src/models/bilstm.rs")));
    }
}
