//! Who may do what: accounts with roles, keys of programs, and the log of what was changed.

mod account;
mod api_key;
mod audit;
mod right;

pub use account::{Account, AccountName, AccountNameError};
pub use api_key::{ApiKey, KeyName, KeyNameError};
pub use audit::{AuditEntry, UnknownVia, Via};
pub use right::{Right, Role, UnknownRight, UnknownRole};
