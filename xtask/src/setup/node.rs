//! Packages of Node.js, from their lock files: those of the end-to-end tests, and the peers of the browser.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::command;

/// Playwright runs on no older Node.js.
const OLDEST_NODE: u32 = 18;

/// Installs what package-lock.json names, unless it is there.
///
/// # Errors
/// When Node.js is too old or npm fails.
pub fn packages(folder: &Path) -> Result<()> {
    let version = command::read(Command::new("node").arg("--version"))?;
    let major = major(&version)
        .with_context(|| format!("`node --version` printed `{}`", version.trim()))?;
    if major < OLDEST_NODE {
        bail!(
            "Node.js {major} is too old for the end-to-end tests: install {OLDEST_NODE} or newer"
        );
    }
    if is_installed(folder) {
        return Ok(());
    }
    // The system's browser is used.
    command::run(
        Command::new("npm")
            .current_dir(folder)
            .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
            .args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]),
    )
}

/// npm leaves its own copy of the lock file beside what it installed.
fn is_installed(folder: &Path) -> bool {
    let changed =
        |file: &str| fs::metadata(folder.join(file)).and_then(|metadata| metadata.modified());
    match (changed("package-lock.json"), changed("node_modules/.package-lock.json")) {
        (Ok(asked), Ok(installed)) => installed >= asked,
        _ => false,
    }
}

/// 20 of `v20.11.1`.
fn major(version: &str) -> Option<u32> {
    version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_read() {
        assert_eq!(major("v20.11.1\n"), Some(20));
        assert_eq!(major("20"), None);
    }
}
