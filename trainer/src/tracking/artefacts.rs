//! Which files of a run's folder are sent.

use std::{fs, path::Path};

use anyhow::{Context, Result};

use super::{Account, sent};
use crate::comparison::Folder;

/// Kinds of files: charts, tables, settings and results. Weights go as the exported bundle.
const KINDS: [&str; 4] = ["json", "md", "svg", "toml"];
/// A folder whose files are sent too: the charts of a comparison.
const CHARTS: &str = Folder::PLOTS;

/// Their paths below `folder`, in order: what tells of the run, and its charts.
///
/// # Errors
/// If the folder cannot be listed.
pub fn all(folder: &Path) -> Result<Vec<String>> {
    let mut names = files(folder)?;
    names.retain(|name| name != Account::FILE && name != sent::FILE && is_sent(name));
    if folder.join(CHARTS).is_dir() {
        let charts = files(&folder.join(CHARTS))?;
        names.extend(
            charts.into_iter().filter(|name| is_sent(name)).map(|n| format!("{CHARTS}/{n}")),
        );
    }
    Ok(names)
}

/// The names of the files in `folder`, in order.
///
/// # Errors
/// If it cannot be listed.
pub fn files(folder: &Path) -> Result<Vec<String>> {
    let failed = || format!("{} cannot be listed", folder.display());
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).with_context(failed)? {
        let entry = entry.with_context(failed)?;
        if entry.path().is_file() {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    names.sort();
    Ok(names)
}

fn is_sent(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|kind| KINDS.iter().any(|known| kind == *known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn charts_and_results_are_sent_and_weights_and_rows_are_not() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join(CHARTS)).unwrap();
        for name in [
            "best.safetensors",
            "curves.svg",
            "metrics.jsonl",
            "recipe.toml",
            "run.json",
            "sent.json",
            "vocab.txt",
            "models/plots/a.svg",
            ".result.json.part",
        ] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        assert_eq!(
            all(folder.path()).unwrap(),
            ["curves.svg", "recipe.toml", "models/plots/a.svg"]
        );
    }
}
