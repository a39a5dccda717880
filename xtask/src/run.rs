//! `cargo xtask run`: from a fresh clone to the page.

use std::env;
use std::os::unix::process::CommandExt;
use std::process::Command;

use anyhow::{Result, anyhow};

use crate::build;
use crate::workspace::Workspace;

/// Builds what is out of date and becomes `vigie serve`.
///
/// The site is given as a variable, so that `arguments` can name another; the models are found in
/// the repository, where it is started.
///
/// # Errors
/// When the build fails or the server cannot be started; else it does not return.
pub fn run(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    build::build(workspace)?;
    let program = build::binary(workspace, build::RELEASE);
    let mut vigie = Command::new(&program);
    vigie.current_dir(&workspace.root).arg("serve").args(arguments);
    if env::var_os("VIGIE_SITE").is_none() {
        vigie.env("VIGIE_SITE", workspace.site());
    }
    if arguments.is_empty()
        && env::var_os("VIGIE_LISTEN").is_none()
        && env::var_os("PORT").is_none()
    {
        eprintln!("\nVigie: http://127.0.0.1:3000 (Ctrl-C stops it)\n");
    }
    let error = vigie.exec();
    Err(anyhow!(error).context(format!("cannot start {}", program.display())))
}
