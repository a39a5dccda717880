//! The parts of the pages: values in, markup out.
//! Those with much inside them forget their type, see [`erase`](crate::erase).

mod charts;
mod comparison_table;
mod complaint_line;
mod contents;
mod device_switch;
mod examples;
mod feedback;
mod figure_table;
mod history;
mod icons;
mod interval;
mod known_languages;
mod label_mark;
mod model_card;
mod models_compared;
mod notices;
mod preference_links;
mod probability_bars;
mod problem;
mod protocol_section;
mod session_card;
mod site_header;
mod tweet_form;
mod verdict;

pub use complaint_line::ComplaintLine;
pub use contents::Contents;
pub use device_switch::DeviceSwitch;
pub use examples::Examples;
pub use feedback::FeedbackPanel;
pub use figure_table::FigureTable;
pub use history::History;
pub use known_languages::KnownLanguages;
pub use label_mark::LabelMark;
pub use model_card::ModelCard;
pub use models_compared::ModelsCompared;
pub use notices::Notices;
pub use probability_bars::ProbabilityBars;
pub use problem::Problem;
pub use session_card::SessionCard;
pub use site_header::SiteHeader;
pub use tweet_form::TweetForm;
pub use verdict::{NoVerdict, Verdict, VerdictOnDevice};
