//! `vigie db`: what is done with databases as a whole.

use std::{
    io::{self, Write},
    process::ExitCode,
};

use clap::{Args, Subcommand};

use super::interruptible::{self, counted};

/// What is to be done.
#[derive(Subcommand)]
pub enum DatabaseCommand {
    /// Copy all that one database holds into another one of either kind, such as SQLite into PostgreSQL
    Copy(CopyArgs),
}

/// From where to where.
#[derive(Args)]
pub struct CopyArgs {
    /// Database to read, sqlite://PATH or postgres://USER@HOST/NAME; it may be in use
    #[arg(long, env = "VIGIE_COPY_FROM", hide_env_values = true, value_name = "URL")]
    from: String,

    /// Database to fill, which must be empty
    #[arg(long, env = "VIGIE_COPY_TO", hide_env_values = true, value_name = "URL")]
    to: String,

    /// Replace what the other database holds, which is lost
    #[arg(long)]
    replace: bool,
}

/// Does it.
pub fn run(command: &DatabaseCommand) -> anyhow::Result<ExitCode> {
    let DatabaseCommand::Copy(CopyArgs { from, to, replace }) = command;
    let summary = interruptible::run(store::backup::copy(from, to, *replace))?;
    let rows = counted(summary.rows(), "row", "rows");
    let tables = counted(summary.tables.len(), "table", "tables");
    writeln!(io::stdout(), "{rows} of {tables} copied and compared")?;
    Ok(ExitCode::SUCCESS)
}
