//! Comma-separated values (RFC 4180): a header, quotes where needed.

mod reader;
mod splitter;
mod writer;

pub use reader::Reader;
pub use writer::Writer;
