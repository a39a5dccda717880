//! What the forms of the page do: one server function a file.

mod make_channel;
mod remove_channel;
mod test_channel;

pub use make_channel::MakeChannel;
pub use remove_channel::RemoveChannel;
pub use test_channel::TestChannel;

/// Where the forms lead.
const PAGE: &str = "/watch/channels";
