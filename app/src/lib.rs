//! The web site, compiled twice: on the server it renders pages and answers server functions
//! (`ssr`), in the browser it takes over the rendered page (`hydrate`).
//!
//! All that differs between the two sides is chosen in this file; every other file is the same on both.

#[cfg(feature = "ssr")]
mod access;
mod access_trouble;
mod api;
mod application;
#[cfg(feature = "ssr")]
mod arrival;
mod channel_trouble;
mod comparison;
mod components;
mod confidence;
mod desk;
mod device;
mod erase;
mod error;
mod examples;
mod file_trouble;
mod messages;
mod model_sheet;
mod moment;
mod pages;
mod preferences;
#[cfg_attr(feature = "ssr", path = "reader/request.rs")]
#[cfg_attr(not(feature = "ssr"), path = "reader/browser.rs")]
mod reader;
mod refusal;
#[cfg_attr(feature = "ssr", path = "rendered/server.rs")]
#[cfg_attr(not(feature = "ssr"), path = "rendered/browser.rs")]
mod rendered;
#[cfg(feature = "ssr")]
mod report;
mod review_trouble;
mod service;
#[cfg(feature = "ssr")]
mod serving;
#[cfg(feature = "ssr")]
mod sheets;
#[cfg(feature = "ssr")]
mod shell;
mod you;

#[cfg(feature = "ssr")]
pub use access::AccessSite;
pub use application::App;
#[cfg(feature = "ssr")]
pub use arrival::{Arrival, session_of};
pub use error::ApiError;
#[cfg(feature = "ssr")]
pub use serving::{REFUSED_WITH, SUBJECT};
#[cfg(feature = "ssr")]
pub use shell::shell;

/// The path under which the server answers server functions, without a slash at its end.
pub const SERVER_FUNCTIONS: &str = "/api/fn";

/// The path at which the site has the worker that runs the model on the reader's device.
pub const WORKER: &str = "/pkg/worker.js";

/// The path under which the site has the charts of the comparison, without a slash at its end.
pub const CHARTS: &str = "/charts";
