//! The arithmetic that runs hottest. The one module of the project that may be `unsafe`:
//! it calls the matrix product by pointers and picks instructions that the processor has.
//! What it offers is safe: every shape is checked against its slice first.

#![expect(unsafe_code, reason = "the matrix product takes pointers; bounds are checked before")]

mod cell;
mod matrix;

pub use cell::{CellGradients, CellState, cell_backward, cell_forward};
pub use matrix::{Matrix, multiply};
