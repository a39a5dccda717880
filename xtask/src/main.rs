//! `cargo xtask`: all automation of the repository, in Rust, with nothing to install first.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::workspace::Workspace;

mod bench;
mod build;
mod check;
mod command;
mod run;
mod server;
mod setup;
mod test;
mod workspace;

/// Builds, runs, checks and measures Vigie.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build what is out of date, then serve the page at http://127.0.0.1:3000
    Run {
        /// Passed on to `vigie serve`
        #[arg(last = true)]
        arguments: Vec<String>,
    },
    /// Leave `vigie` in target/release and its page in target/site
    Build,
    /// Only the page, in target/site
    Page,
    /// Formatting, clippy per side, the arrows between the crates and the invariants that need no run
    Check,
    /// All tests, the end-to-end ones included
    Test {
        /// Only the tests whose names contain this
        filter: Option<String>,
    },
    /// Measure beside the peers and write docs/benchmarks.md
    Bench {
        /// What to measure; all by default
        subjects: Vec<bench::Subject>,
        /// Write the records to this file too, one a line
        #[arg(long, value_name = "FILE")]
        json: Option<PathBuf>,
    },
}

fn main() -> ExitCode {
    match perform(Arguments::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\n{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn perform(task: Task) -> Result<()> {
    let workspace = Workspace::find()?;
    match task {
        Task::Run { arguments } => run::run(&workspace, &arguments),
        Task::Build => build::build(&workspace),
        Task::Page => build::site(&workspace),
        Task::Check => check::check(&workspace),
        Task::Test { filter } => test::test(&workspace, filter.as_deref()),
        Task::Bench { subjects, json } => bench::bench(&workspace, &subjects, json.as_deref()),
    }
}
