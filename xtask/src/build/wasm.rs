//! A crate of ours as wasm, with the JavaScript that loads it.
//!
//! `wasm-opt -Oz` is not run. Measured on the page of 0.1.0: the file gets 7 % smaller (12 % with version 132),
//! but what travels, its Brotli form, by 0.6 % (1 % larger). That is not worth one more tool.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use super::freshness::is_fresh;
use super::public;
use crate::command;
use crate::setup::WASM;
use crate::workspace::Workspace;

/// What is compiled, and how.
pub struct Module {
    /// The crate.
    pub package: &'static str,
    /// Its profile in the root Cargo.toml.
    pub profile: &'static str,
    /// What its files are called.
    pub name: &'static str,
    /// Features of the processor that it may use.
    pub processor: &'static str,
    /// How it is loaded.
    pub script: Script,
}

/// How JavaScript is loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Script {
    /// By `import`; scripts of other crates lie in `snippets`.
    Module,
    /// By `importScripts`, which every browser with workers has.
    Classic,
}

impl Module {
    /// Leaves the wasm, its JavaScript and the scripts of other crates that it imports in `folder`.
    ///
    /// # Errors
    /// When the crate does not compile, or wasm-bindgen is of another version than the crate's.
    pub fn build(&self, workspace: &Workspace, folder: &Path) -> Result<Vec<PathBuf>> {
        command::run(&mut self.cargo(workspace))?;
        let compiled = workspace.target.join(WASM).join(self.profile);
        let compiled = compiled.join(format!("{}.wasm", self.package));
        let mut outputs = vec![self.file(folder, "wasm"), self.file(folder, "js")];
        let snippets = (self.script == Script::Module).then(|| folder.join("snippets"));
        if !is_fresh(&outputs, &[&compiled])? {
            if let Some(old) = snippets.as_ref().filter(|snippets| snippets.exists()) {
                fs::remove_dir_all(old)?;
            }
            self.bind(&compiled, folder).with_context(|| {
                format!("wasm-bindgen could not make the JavaScript of {}", self.package)
            })?;
        }
        if let Some(snippets) = snippets.filter(|snippets| snippets.exists()) {
            outputs.extend(public::files(&snippets)?);
        }
        Ok(outputs)
    }

    fn cargo(&self, workspace: &Workspace) -> Command {
        let mut cargo = workspace.cargo();
        if !self.processor.is_empty() {
            // Cargo puts them behind those of .cargo/config.toml.
            let flags = format!("-C target-feature={}", self.processor);
            cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags);
        }
        cargo.args(["build", "--package", self.package, "--target", WASM]);
        cargo.args(["--profile", self.profile]);
        cargo
    }

    /// wasm-bindgen writes `NAME_bg.wasm`.
    fn bind(&self, compiled: &Path, folder: &Path) -> Result<()> {
        let mut bindgen = Bindgen::new();
        match self.script {
            Script::Module => bindgen.web(true)?,
            Script::Classic => bindgen.no_modules(true)?,
        };
        bindgen
            .input_path(compiled)
            .out_name(self.name)
            .typescript(false)
            .demangle(false)
            .remove_name_section(true)
            .remove_producers_section(true)
            .omit_default_module_path(true)
            .generate_output()?
            .emit(folder)?;
        let written = folder.join(format!("{}_bg.wasm", self.name));
        fs::rename(written, self.file(folder, "wasm"))?;
        Ok(())
    }

    fn file(&self, folder: &Path, extension: &str) -> PathBuf {
        folder.join(format!("{}.{extension}", self.name))
    }
}
