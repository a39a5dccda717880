//! What sees that something is not as usual.

pub mod likelihood;
pub mod scan;
pub mod terms;
