//! `vigie-train`: makes the models that `vigie` serves.

use anyhow::Result;
use clap::Parser;
use trainer::commands::Command;

/// Makes the models that `vigie` serves: prepare, embed, train, evaluate, export.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    one_thread_an_operation()?;
    arguments.command.run()
}

/// Starts the program anew where the arithmetic would use threads of its own.
///
/// The trainer gives each part of a batch a thread. candle would share out every large operation
/// among threads that wait spinning, which takes half of the machine from those that work, and
/// would round differently by the number of cores. It reads its number of threads from the
/// environment, which only the start of a program can set safely.
#[cfg(unix)]
fn one_thread_an_operation() -> Result<()> {
    use std::{env, os::unix::process::CommandExt, process};

    const SETTINGS: [&str; 2] = ["CANDLE_NUM_THREADS", "RAYON_NUM_THREADS"];
    if SETTINGS.iter().all(|setting| env::var_os(setting).is_some()) {
        return Ok(());
    }
    let mut again = process::Command::new(env::current_exe()?);
    again.args(env::args_os().skip(1)).envs(SETTINGS.map(|setting| (setting, "1")));
    Err(again.exec().into())
}

#[cfg(not(unix))]
const fn one_thread_an_operation() -> Result<()> {
    Ok(())
}
