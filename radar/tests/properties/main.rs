//! What the radar promises of any stream.

mod crowds;
mod order;
mod support;
mod time;
