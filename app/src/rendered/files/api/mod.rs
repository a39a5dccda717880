//! What the forms of the pages do: one server function a file.

mod cancel_file;
mod delete_file;
mod read_file;

pub use cancel_file::CancelFile;
pub use delete_file::DeleteFile;
pub use read_file::ReadFile;
