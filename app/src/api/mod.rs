//! What the page asks of the service: one server function a file.
//!
//! The browser calls them over HTTP, the server calls them while it renders a page.

mod analyse;
mod ask_service;
mod cancel_file;
mod compare_models;
mod create_file;
mod delete_file;
mod explain;
mod give_feedback;
mod list_file_rows;
mod list_files;
mod list_models;
mod list_recent;
mod open_analysis;
mod open_file;
mod read_file;
mod withdraw_feedback;

pub use analyse::{Analyse, analyse};
pub use ask_service::ask_service;
pub use cancel_file::CancelFile;
pub use compare_models::compare_models;
pub use create_file::create_file;
pub use delete_file::DeleteFile;
pub use explain::explain;
pub use give_feedback::{GiveFeedback, give_feedback};
pub use list_file_rows::list_file_rows;
pub use list_files::list_files;
pub use list_models::list_models;
pub use list_recent::list_recent;
pub use open_analysis::open_analysis;
pub use open_file::open_file;
pub use read_file::ReadFile;
pub use withdraw_feedback::{WithdrawFeedback, withdraw_feedback};
