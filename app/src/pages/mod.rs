//! The pages, each named after its path.

mod analyse;
mod files;
mod models;
mod not_found;

pub use analyse::Analyse;
pub use files::{Files, OneFile};
pub use models::Models;
pub use not_found::NotFound;
