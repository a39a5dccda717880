//! The service `vigie`, apart from its command line: so that tests can build it whole.

pub mod access;
pub mod config;
pub mod connections;
pub mod descriptors;
pub mod hosts;
pub mod ingest;
pub mod limits;
pub mod metrics;
pub mod overload;
mod pages;
pub mod predict;
pub mod problem;
pub mod radar;
pub mod request_id;
pub mod rest;
pub mod router;
pub mod security;
pub mod shutdown;
pub mod site;
pub mod state;
mod stream_line;
pub mod telemetry;
