//! `vigie restore`: a backup, back into a database of either kind.

use std::{
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
};

use clap::{ArgMatches, Args};
use server::{
    config::{ServeOptions, Settings},
    telemetry,
};

use super::interruptible::{self, counted};

/// What to read, and what may be lost.
#[derive(Args)]
pub struct RestoreArgs {
    /// File that `vigie backup` has written, of this version or an older one
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// Replace what the database holds, which is lost
    #[arg(long)]
    replace: bool,

    #[command(flatten)]
    options: ServeOptions,
}

/// Verifies the backup and restores it.
pub fn run(args: RestoreArgs, matches: &ArgMatches) -> anyhow::Result<ExitCode> {
    let settings = Settings::resolve(args.options, matches)?;
    telemetry::start(&settings.log, settings.log_format)?;
    let restoring = store::backup::restore(&args.file, &settings.database_url, args.replace);
    let summary = interruptible::run(restoring)?;
    let rows = counted(summary.rows(), "row", "rows");
    let tables = counted(summary.tables.len(), "table", "tables");
    writeln!(io::stdout(), "{rows} of {tables} restored and compared")?;
    Ok(ExitCode::SUCCESS)
}
