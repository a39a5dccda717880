//! The benchmark of the radar: simulated streams in which what happens is known.

pub mod benchmark;
pub mod confusion;
pub mod days;
pub mod events;
pub mod figures;
pub mod report;
pub mod scoring;
pub mod stream;
pub mod texts;
pub mod world;
