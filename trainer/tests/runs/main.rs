//! Runs as they are tracked, with a real MLflow server and with servers that fail, and as they are
//! searched.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "tests may unwrap, and so may what they share")]

mod again;
mod bad_server;
mod failures;
mod mlflow;
mod toy;
mod tuning;
mod whole;
