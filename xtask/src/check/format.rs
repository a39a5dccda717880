//! rustfmt would change nothing.

use anyhow::Result;

use crate::command;
use crate::workspace::Workspace;

pub fn check(workspace: &Workspace) -> Result<()> {
    command::run(workspace.cargo().args(["fmt", "--all", "--check"]))
}
