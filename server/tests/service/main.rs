//! The whole service on a real listener, a real database and a real bundle; folders follow the addresses.

#![expect(clippy::unwrap_used, reason = "what cannot go on in a test fails it")]

mod access;
mod api;
mod commands;
mod connections;
mod durability;
mod feedback;
mod health;
mod metrics;
mod pages;
mod predict;
mod security;
mod support;
