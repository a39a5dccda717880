//! What the forms of the page do: one server function a file.

mod act_on_incident;
mod make_watch;
mod remove_watch;
mod show_demo;

pub use act_on_incident::ActOnIncident;
pub use make_watch::MakeWatch;
pub use remove_watch::RemoveWatch;
pub use show_demo::ShowDemo;
