//! Layers: equation and shapes in the documentation, a constructor, `forward`, a test.

mod linear;
mod lstm;
mod pool;
mod recurrence;

pub use linear::Linear;
pub use lstm::{Direction, Lstm};
pub use pool::max_and_mean;
