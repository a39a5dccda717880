//! Bundles, read from folders and fetched from elsewhere.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the message")]

#[path = "../small_bundle/mod.rs"]
mod small_bundle;

mod download;
mod file_server;
mod read;

use std::{fs, path::Path};

/// Writes the small bundle into `folder`.
fn write_bundle(folder: &Path) {
    fs::create_dir_all(folder).unwrap();
    for (name, content) in small_bundle::files() {
        fs::write(folder.join(name), content).unwrap();
    }
}
