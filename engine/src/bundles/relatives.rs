//! The bundles that are there for other languages.

use std::{
    fs,
    path::{Path, PathBuf},
};

use sentiment::{
    bundle::{CONFIG, MANIFEST},
    models::Outline,
};

/// The folders beside `dir` with bundles of the same family, each for languages that neither `dir`
/// nor those before it know, in the order of their names.
///
/// What a bundle is for is told by its `config.json` alone, whatever its folder is called. A folder
/// that holds no readable bundle is passed over; so are all of them where `dir` itself holds none.
#[must_use]
pub fn relatives(dir: &Path) -> Vec<PathBuf> {
    let Some(Outline { family, languages: mut known }) = outline(dir) else { return Vec::new() };
    let mut found = Vec::new();
    for folder in folders_beside(dir) {
        let Some(other) = outline(&folder).filter(|other| other.family == family) else { continue };
        if other.languages.iter().any(|code| !known.contains(code)) {
            known.extend(other.languages);
            found.push(folder);
        }
    }
    found
}

fn outline(dir: &Path) -> Option<Outline> {
    if !dir.join(MANIFEST).is_file() {
        return None;
    }
    serde_json::from_slice(&fs::read(dir.join(CONFIG)).ok()?).ok()
}

/// In the order of their names, `dir` itself left out.
fn folders_beside(dir: &Path) -> Vec<PathBuf> {
    let Some(entries) = dir.parent().and_then(|parent| fs::read_dir(parent).ok()) else {
        return Vec::new();
    };
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let mut folders: Vec<PathBuf> = paths.filter(|path| path.is_dir() && path != dir).collect();
    folders.sort();
    folders
}
