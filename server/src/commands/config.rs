//! `vigie config`: what `vigie serve` would work with, as a file that it could read.

use std::{
    io::{self, Write},
    process::ExitCode,
};

use clap::ArgMatches;
use server::config::{ServeOptions, Settings};

/// Prints every setting with its origin; secrets are hidden.
pub fn run(options: ServeOptions, matches: &ArgMatches) -> anyhow::Result<ExitCode> {
    let settings = Settings::resolve(options, matches)?;
    let mut output = io::stdout().lock();
    for setting in settings.report {
        match setting.value {
            Some(value) => writeln!(output, "{} = {value} # {}", setting.name, setting.origin)?,
            None => writeln!(output, "# {} is not set", setting.name)?,
        }
    }
    Ok(ExitCode::SUCCESS)
}
