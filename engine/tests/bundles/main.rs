//! Bundles, read from folders and fetched from elsewhere.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the message")]

mod download;
mod ensemble;
mod file_server;
mod read;
mod relatives;

use std::path::Path;

use bundle_fixture::SmallBundle;

/// Writes the small bundle into `folder`.
fn write_bundle(folder: &Path) {
    SmallBundle::default().write(folder);
}
