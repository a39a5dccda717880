//! The use cases, on a real model and a real store.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the message")]

#[path = "../small_bundle/mod.rs"]
mod small_bundle;

mod feedback;
mod house;
mod overload;
mod readiness;
mod shutdown;
mod walk;
mod watched_store;
