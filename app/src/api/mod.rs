//! What the page asks of the service: one server function a file.
//!
//! The browser calls them over HTTP, the server calls them while it renders a page.

mod analyse;
mod ask_service;
mod compare_models;
mod explain;
mod give_feedback;
mod list_models;
mod list_recent;
mod open_analysis;
mod withdraw_feedback;

pub use analyse::{Analyse, analyse};
pub use ask_service::ask_service;
pub use compare_models::compare_models;
pub use explain::explain;
pub use give_feedback::{GiveFeedback, give_feedback};
pub use list_models::list_models;
pub use list_recent::list_recent;
pub use open_analysis::open_analysis;
pub use withdraw_feedback::{WithdrawFeedback, withdraw_feedback};
