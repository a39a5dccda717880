//! What the forms of the page do: one server function a file.

mod label_all;
mod label_items;
mod name_reviewer;
mod undo_act;

pub use label_all::LabelAll;
pub use label_items::LabelItems;
pub use name_reviewer::NameReviewer;
pub use undo_act::UndoAct;
