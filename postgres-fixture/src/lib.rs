//! A real PostgreSQL server for tests: private, on a free port of the loopback address, and gone
//! when the test program is gone, however that ends.
//!
//! A server that is killed with its test program would stay; so each server is started by a small
//! shell that holds the reading end of a pipe. When the pipe closes, because the
//! [`PostgresServer`] was dropped or its process died, the shell stops the server and removes its
//! files. `fsync` stays on: tests of durability mean what they say.

mod account;
mod binaries;
mod error;
mod keeper;
mod server;

pub use error::FixtureError;
pub use server::PostgresServer;
