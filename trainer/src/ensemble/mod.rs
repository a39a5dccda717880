//! Released models that judge together: their weights are chosen on validation rows, nothing is
//! trained.

mod bundle;
mod card;
mod choice;
mod exam;
mod member_bundles;
mod unlearnt;

pub use bundle::bundle;
pub use card::{Making, card};
pub use choice::{Choice, choose};
pub use exam::Exam;
pub use member_bundles::{languages, read};
pub use unlearnt::check_unlearnt;
