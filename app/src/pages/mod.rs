//! The pages, each named after its path.

mod analyse;
mod not_found;

pub use analyse::Analyse;
pub use not_found::NotFound;
