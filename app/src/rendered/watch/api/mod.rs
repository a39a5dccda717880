//! What the forms of the page do: one server function a file.

mod act_on_incident;
mod add_campaign;
mod keep_rules;
mod make_watch;
mod remove_campaign;
mod remove_watch;
mod show_demo;

pub use act_on_incident::ActOnIncident;
pub use add_campaign::AddCampaign;
pub use keep_rules::KeepRules;
pub use make_watch::MakeWatch;
pub use remove_campaign::RemoveCampaign;
pub use remove_watch::RemoveWatch;
pub use show_demo::ShowDemo;
