//! A service for each test, in the test's process or as the real program.

mod answer;
pub mod program;
pub mod raw;
mod service;

pub use answer::Answer;
pub use service::Service;
