//! Comma-separated values (RFC 4180) and their dialects: a delimiter, quotes where needed.

mod reader;
mod splitter;

pub use reader::Reader;
