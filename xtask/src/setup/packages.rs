//! Packages of the system, by apt: as root, else by sudo where it asks for no password.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use crate::command;

/// A package, and how to see that what it brings is here already.
pub struct Package {
    name: &'static str,
    is_present: fn() -> bool,
}

/// What the tests need beyond Rust.
pub const FOR_TESTS: &[Package] = &[
    Package { name: "postgresql", is_present: has_postgresql },
    Package { name: "chromium", is_present: || chromium().is_some() },
    Package { name: "fonts-noto-color-emoji", is_present: has_emoji },
    Package { name: "nodejs", is_present: || command::find(&["node"]).is_some() },
    Package { name: "npm", is_present: || command::find(&["npm"]).is_some() },
    Package { name: "python3-venv", is_present: has_venv },
    Package { name: "prometheus", is_present: || command::find(&["promtool"]).is_some() },
];

/// What samples a program's stacks.
pub const FOR_SAMPLING: &[Package] =
    &[Package { name: "linux-perf", is_present: || command::find(&["perf"]).is_some() }];

/// Installs those that are missing.
///
/// # Errors
/// When apt fails or may not be used: with the line to type.
pub fn install(packages: &[Package]) -> Result<()> {
    let names = missing(packages);
    if names.is_empty() {
        return Ok(());
    }
    eprintln!("missing on this machine: {}", names.join(", "));
    if let Some(prefix) = administrator() {
        // The lists of a fresh machine are empty or old: then the second attempt succeeds.
        let mut failed =
            apt(prefix, &["install", "--yes", "--no-install-recommends"], &names).is_err();
        if failed {
            apt(prefix, &["update"], &[])?;
            failed = apt(prefix, &["install", "--yes", "--no-install-recommends"], &names).is_err();
        }
        if !failed && missing(packages).is_empty() {
            return Ok(());
        }
    }
    bail!(
        "please install what is missing, then try again:\n    sudo apt-get update && sudo apt-get install {}",
        missing(packages).join(" ")
    );
}

/// The browser of the end-to-end tests.
pub fn chromium() -> Option<PathBuf> {
    command::find(&["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"])
}

fn missing(packages: &[Package]) -> Vec<&'static str> {
    packages.iter().filter(|package| !(package.is_present)()).map(|package| package.name).collect()
}

/// The words to put before `apt-get`, or nothing when there is no apt or no right to use it.
fn administrator() -> Option<&'static [&'static str]> {
    command::find(&["apt-get"])?;
    let user = command::read(Command::new("id").arg("-u")).ok()?;
    if user.trim() == "0" {
        return Some(&["env"]);
    }
    command::succeeds(Command::new("sudo").args(["-n", "true"])).then_some(&["sudo", "-n", "env"])
}

fn apt(prefix: &[&str], arguments: &[&str], names: &[&str]) -> Result<()> {
    let (program, words) = prefix.split_first().unwrap_or((&"env", &[]));
    command::run(
        Command::new(program)
            .args(words)
            .args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet"])
            .args(arguments)
            .args(names),
    )
}

fn has_emoji() -> bool {
    Path::new("/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf").exists()
}

/// Debian keeps the server's programs out of PATH, in a folder of each version.
fn has_postgresql() -> bool {
    let of_debian = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    of_debian.map(|version| version.path().join("bin/initdb")).any(|program| program.exists())
        || command::find(&["initdb"]).is_some()
}

/// Debian's Python makes virtual environments only with this package, whose part is `ensurepip`.
fn has_venv() -> bool {
    command::succeeds(Command::new("python3").args(["-c", "import ensurepip, venv"]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_absent_packages_are_asked_for() {
        let packages = [
            Package { name: "here", is_present: || true },
            Package { name: "absent", is_present: || false },
        ];
        assert_eq!(missing(&packages), ["absent"]);
    }

    #[test]
    fn nothing_is_run_when_nothing_is_missing() {
        install(&[Package { name: "here", is_present: || true }]).unwrap();
    }
}
