//! The parts of the pages of files.

mod file_list;
mod filter_form;
mod layout_form;
mod outcome;
mod progress;
mod row_table;
mod shares;
mod timeline;
mod unreadable_rows;
mod upload_form;
mod words;

pub use file_list::FileList;
pub use layout_form::LayoutForm;
pub use outcome::Outcome;
pub use progress::Progress;
pub use upload_form::UploadForm;
