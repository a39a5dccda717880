//! What the radar promises of any stream.

#![expect(clippy::unwrap_used, reason = "tests may unwrap, and so may what they share")]

mod crowds;
mod order;
mod support;
mod time;
