//! The arithmetic that runs hottest. The one module of the project that may be `unsafe`:
//! it calls the matrix product by pointers and picks instructions that the processor has.
//! What it offers is safe: every shape is checked against its slice first.

#![expect(unsafe_code, reason = "the matrix product takes pointers; bounds are checked before")]

mod attend;
mod cell;
mod columns;
mod dropout;
mod exponential;
mod gelu;
mod lanes;
mod matrix;
mod norm;
mod packed;
mod recurrent;
mod row_product;
mod softmax;

pub use attend::{AttendBuffers, attend};
pub use cell::{CellGradients, CellState, cell_backward, cell_forward};
pub use columns::add_columns;
pub use dropout::Dropout;
pub use gelu::{gelu, gelu_backward};
pub use matrix::{Matrix, MatrixMut, multiply, multiply_into};
pub use norm::{NormGradients, Normalised, add_and_norm, norm, norm_backward, norm_forward};
pub use packed::{BLOCK, PackedMap, PackedRows, Precision};
pub use recurrent::{InputWeights, Projection, RecurrentWeights, States};
pub use row_product::add_row_product;
pub use softmax::{softmax_backward, softmax_forward};
