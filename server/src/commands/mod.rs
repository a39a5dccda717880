//! One file for each command.

pub mod account;
pub mod config;
mod files;
pub mod ingest;
pub mod migrate;
pub mod openapi;
pub mod predict;
pub mod radar;
pub mod serve;
