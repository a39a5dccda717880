//! Runs for experiment tracking: kept as files first, sent to an MLflow server where there is one.
//!
//! Everything about a run lies in its folder: `run.json` (parameters and tags), `metrics.jsonl`,
//! charts, the bundle. [`send`] brings a server to what the folder says, and `sent.json`
//! remembers how far it came, so that it can be called at any time and as often as one likes.
//! While a run goes on, a thread does so again and again ([`Tracker`]); a server that is down,
//! slow or dies loses and delays nothing. `vigie-train track` does it later.
//!
//! A run whose folder lies in another run's folder is a child of that run.

mod account;
mod artefacts;
mod commit;
mod mlflow;
mod parameters;
mod release;
mod sending;
mod sent;
mod server;
mod tracker;

pub use account::{Account, Ending, Status};
pub use parameters::{flatten, parameters};
pub use sending::send;
pub use server::{Server, ServerError};
pub use tracker::{Tracker, send_if_tracked, tracked};
