//! The search for better settings: many trials are begun, few go on.
//!
//! Successive halving without waiting (ASHA, Li et al. 2020), one trial at a time: of the trials
//! that have reached a rung the best share goes on to the next, as soon as it can be told which.
//! New trials are drawn at random, or where good ones lie ([`Sampler::Tpe`]). Everything is
//! chosen by the score on validation rows; no test is read.
//!
//! A search's folder holds `search.json`, from which a killed search goes on, a folder for each
//! trial, the table, the chart, and the recipe of the best.

mod halving;
mod ledger;
mod plot;
mod report;
mod sampler;
mod search;
mod space;
mod trial;

pub use ledger::{Ledger, Outcome, Trial};
pub use sampler::Point;
pub use search::Search;
pub use space::{Range, RungUnit, Sampler, Space};

use halving::{Job, Plan, next};
use sampler::propose;
