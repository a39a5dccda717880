//! One file for each command.

pub mod account;
pub mod backup;
pub mod config;
pub mod database;
mod files;
pub mod ingest;
mod interruptible;
pub mod migrate;
pub mod openapi;
pub mod predict;
pub mod radar;
pub mod restore;
pub mod serve;
