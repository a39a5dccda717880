//! The tests in end2end/: a real browser on a real server.

use std::process::Command;

use anyhow::Result;

use crate::build;
use crate::command;
use crate::server::Server;
use crate::setup;
use crate::workspace::Workspace;

/// Runs the tests whose titles contain `filter`.
///
/// # Errors
/// When the server does not start, or a test fails; then the server's log is shown.
pub fn test(workspace: &Workspace, filter: Option<&str>) -> Result<()> {
    let server = Server::start(workspace, build::DEVELOPMENT)?;
    let mut playwright = Command::new("npx");
    playwright
        .current_dir(workspace.root.join("end2end"))
        .env("BASE_URL", server.url())
        // Says natively what the browser must say of the same texts.
        .env("VIGIE", build::binary(workspace, build::DEVELOPMENT))
        .args(["--no-install", "playwright", "test", "--pass-with-no-tests"]);
    if let Some(chromium) = setup::chromium() {
        playwright.env("CHROMIUM", chromium);
    }
    if let Some(title) = filter {
        playwright.args(["--grep", title]);
    }
    let outcome = command::run(&mut playwright);
    if outcome.is_err() {
        eprintln!("  The server said:\n{}", server.log());
    }
    outcome
}
