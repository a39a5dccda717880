//! `vigie backup`: all that the database holds, as one file.

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

/// What to write where.
#[derive(Args)]
pub struct BackupArgs {
    /// File to write; what stands there is replaced when the backup is complete
    #[arg(value_name = "FILE")]
    file: PathBuf,

    #[command(flatten)]
    options: ServeOptions,
}

/// Writes the backup.
pub fn run(args: BackupArgs, matches: &ArgMatches) -> anyhow::Result<ExitCode> {
    let settings = Settings::resolve(args.options, matches)?;
    telemetry::start(&settings.log, settings.log_format)?;
    let (summary, bytes) =
        interruptible::run(store::backup::backup(&settings.database_url, &args.file))?;
    let rows = counted(summary.rows(), "row", "rows");
    let tables = counted(summary.tables.len(), "table", "tables");
    let file = args.file.display();
    writeln!(io::stdout(), "{rows} of {tables} in {file}, {}", counted(bytes, "byte", "bytes"))?;
    Ok(ExitCode::SUCCESS)
}
