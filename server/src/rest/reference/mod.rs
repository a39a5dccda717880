//! The addresses of the service that this one replaces, for the clients that it had.

pub mod feedback;
pub mod health;
pub mod predict;
