//! Why there is no server to test with.

use std::{io, path::PathBuf};

/// Why a test cannot have its PostgreSQL server.
#[derive(Debug, thiserror::Error)]
pub enum FixtureError {
    /// No `initdb` and `postgres` on this machine.
    #[error(
        "PostgreSQL is not installed (looked in PATH and /usr/lib/postgresql/*/bin): run `cargo xtask test`, which installs it"
    )]
    NotInstalled,
    /// PostgreSQL refuses to run as root, and no other account was found.
    #[error(
        "PostgreSQL does not run as root, and this machine has neither the account postgres nor nobody"
    )]
    NoAccount,
    /// A program of PostgreSQL failed.
    #[error("{program} failed: {output}")]
    Program {
        /// Which one.
        program: PathBuf,
        /// What it wrote.
        output: String,
    },
    /// The server did not come up.
    #[error("the PostgreSQL server did not start within {seconds} s: {log}")]
    NotStarted {
        /// How long it was waited for.
        seconds: u64,
        /// What it wrote.
        log: String,
    },
    /// The server ended instead of coming up.
    #[error("the PostgreSQL server ended as soon as it was started: {log}")]
    EndedEarly {
        /// What it wrote.
        log: String,
    },
    /// No port is left.
    #[error("no port between 20000 and 31999 is free for a PostgreSQL server")]
    NoPort,
    /// The system refused something.
    #[error("the PostgreSQL server for tests could not be handled: {0}")]
    Io(#[from] io::Error),
}
