//! The use cases, on a real model and a real store.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the message")]

mod cache;
mod feedback;
mod house;
mod languages;
mod notifying;
mod overload;
mod readiness;
mod review;
mod shutdown;
mod sources;
mod threads;
mod walk;
mod watched_store;
mod watching;
