//! The pages, each named after its path.

mod analyse;
mod models;
mod not_found;

pub use analyse::Analyse;
pub use models::Models;
pub use not_found::NotFound;
