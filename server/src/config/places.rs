//! Where things are when nobody says where.

use std::path::{Path, PathBuf};

const MODEL: &str = "models/bilstm";

/// The first of these that is there: `models/bilstm` in the working directory, beside the executable,
/// beside the executable's folder. If none is, the first one, where it is missed or downloaded to.
#[must_use]
pub fn default_model() -> PathBuf {
    let folders = [PathBuf::new()].into_iter().chain(beside_executable());
    folders
        .map(|folder| folder.join(MODEL))
        .find(|path| path.is_dir())
        .unwrap_or_else(|| MODEL.into())
}

/// `LEPTOS_SITE_ROOT`, else the first of these that is there: `site` beside the executable's folder
/// (`target/site` for `target/release/vigie`), `site` beside the executable.
#[must_use]
pub fn default_site() -> Option<PathBuf> {
    if let Some(root) = std::env::var_os("LEPTOS_SITE_ROOT") {
        return Some(root.into());
    }
    let mut folders = beside_executable();
    folders.reverse();
    folders.into_iter().map(|folder| folder.join("site")).find(|path| path.is_dir())
}

/// The executable's folder, and the one above.
fn beside_executable() -> Vec<PathBuf> {
    let executable = std::env::current_exe().and_then(|path| path.canonicalize());
    let executable = executable.unwrap_or_default();
    executable.ancestors().skip(1).take(2).map(Path::to_owned).collect()
}
