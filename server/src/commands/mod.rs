//! One file for each command.

pub mod config;
pub mod migrate;
pub mod openapi;
pub mod predict;
pub mod serve;
