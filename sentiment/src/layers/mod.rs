//! Layers of networks, each with its equation.

mod affine;
mod attention;
mod buffers;
mod encoder_layer;
mod linear;
mod lstm;
mod pool;
mod recurrence;

pub use affine::Affine;
pub use attention::{Attention, Shares};
pub use buffers::Buffers;
pub use encoder_layer::{EncoderLayer, LayerDropout, LayerShape, LayerTape};
pub use linear::Linear;
pub use lstm::{Direction, Lstm};
pub use pool::{max_and_mean, mean, mean_backward};
