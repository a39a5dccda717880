//! `vigie openapi`: the description of the REST interface, as docs/openapi.json holds it.

use std::{
    io::{self, Write},
    process::ExitCode,
};

/// Prints it.
pub fn run() -> anyhow::Result<ExitCode> {
    io::stdout().lock().write_all(server::rest::description()?.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}
