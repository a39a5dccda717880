//! Where things lie.

use std::env;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};
use cargo_metadata::{CargoOpt, Metadata, MetadataCommand};

use crate::command;

/// The repository and its build folder.
pub struct Workspace {
    /// The folder of the root Cargo.toml.
    pub root: PathBuf,
    /// Cargo's target folder, which need not be in the repository.
    pub target: PathBuf,
    /// The crates of ours, in the order of their names.
    pub members: Vec<String>,
}

impl Workspace {
    /// Asks Cargo, whose configuration may have moved the target folder.
    ///
    /// # Errors
    /// When the current folder is in no workspace.
    pub fn find() -> Result<Self> {
        let metadata = MetadataCommand::new()
            .no_deps()
            .exec()
            .context("cargo could not describe the workspace")?;
        let mut members: Vec<String> =
            metadata.workspace_packages().iter().map(|package| package.name.to_string()).collect();
        members.sort();
        Ok(Self {
            root: metadata.workspace_root.into(),
            target: metadata.target_directory.into(),
            members,
        })
    }

    /// The built page: what `vigie serve --site` is given.
    pub fn site(&self) -> PathBuf {
        self.target.join("site")
    }

    /// Whether one of our crates has this name.
    pub fn has_member(&self, name: &str) -> bool {
        self.members.iter().any(|member| member == name)
    }

    /// Cargo in the workspace's folder.
    ///
    /// Without the variables that `cargo run` set for xtask itself: build scripts that watch them
    /// would run again whenever xtask and a plain `cargo build` take turns.
    pub fn cargo(&self) -> Command {
        let mut cargo = Command::new("cargo");
        cargo.current_dir(&self.root);
        for (name, _) in env::vars() {
            let of_xtask =
                ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_", "CARGO_PRIMARY_"];
            if of_xtask.iter().any(|prefix| name.starts_with(prefix)) {
                cargo.env_remove(name);
            }
        }
        cargo
    }

    /// Our crates and all that they use on the platforms that we build for.
    ///
    /// # Errors
    /// When Cargo cannot resolve the dependencies.
    pub fn dependencies(&self) -> Result<Metadata> {
        let platforms =
            ["x86_64-unknown-linux-gnu", "aarch64-unknown-linux-gnu", "wasm32-unknown-unknown"]
                .map(|platform| format!("--filter-platform={platform}"));
        MetadataCommand::new()
            .current_dir(&self.root)
            .features(CargoOpt::AllFeatures)
            .other_options(platforms)
            .exec()
            .context("cargo could not resolve the dependencies")
    }

    /// All files of the repository that git does not ignore, relative to its root.
    ///
    /// # Errors
    /// When this is no git checkout.
    pub fn files(&self) -> Result<Vec<PathBuf>> {
        let mut git = Command::new("git");
        git.current_dir(&self.root).args([
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ]);
        let listed = command::read(&mut git)?;
        let mut files: Vec<PathBuf> = listed.split_terminator('\0').map(PathBuf::from).collect();
        // A file deleted but not yet committed is still listed.
        files.retain(|file| self.root.join(file).is_file());
        files.sort();
        files.dedup();
        Ok(files)
    }
}
