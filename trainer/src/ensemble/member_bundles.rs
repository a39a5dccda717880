//! The bundles that an ensemble is made of.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use sentiment::{
    bundle::{Bundle, CONFIG, member_folder},
    models::Outline,
};

use crate::bundle_folder;

/// The most members, of which all mixtures are still tried in seconds.
const MOST: usize = 5;

/// Reads the bundles in `folders`, which must lie where the ensemble in `output` will look for
/// them.
///
/// # Errors
/// If there are fewer than two, one is damaged or lies elsewhere, or two are the same.
pub fn read(folders: &[PathBuf], output: &Path) -> Result<Vec<Bundle>> {
    ensure!(
        (2..=MOST).contains(&folders.len()),
        "an ensemble has two to {MOST} members, not {}: give each with --member",
        folders.len()
    );
    let mut bundles: Vec<Bundle> = Vec::new();
    for folder in folders {
        let bundle = Bundle::verify(bundle_folder::read(folder)?)
            .with_context(|| format!("{} cannot be a member", folder.display()))?;
        let name = bundle.name();
        let place = member_folder(output, name)
            .with_context(|| format!("{} cannot hold the ensemble", output.display()))?;
        let lies_there =
            matches!((folder.canonicalize(), place.canonicalize()), (Ok(a), Ok(b)) if a == b);
        ensure!(
            lies_there,
            "{name} lies in {}, but an ensemble in {} looks for it in {}: put it there, or choose another --output",
            folder.display(),
            output.display(),
            place.display()
        );
        ensure!(
            bundles.iter().all(|other| other.name() != name),
            "{name} is given twice: a member counts by its weight"
        );
        bundles.push(bundle);
    }
    Ok(bundles)
}

/// The languages that all of `bundles` know.
///
/// # Errors
/// If there is none, or a configuration cannot be read.
pub fn languages(bundles: &[Bundle]) -> Result<Vec<String>> {
    let known = |bundle: &Bundle| Ok(bundle.json::<Outline>(CONFIG)?.languages);
    let known: Vec<Vec<String>> = bundles.iter().map(known).collect::<Result<_>>()?;
    let by_all = |code: &String| known.iter().all(|languages| languages.contains(code));
    let languages: Vec<String> =
        known.iter().take(1).flatten().filter(|code| by_all(code)).cloned().collect();
    ensure!(!languages.is_empty(), "no language is known by all members");
    Ok(languages)
}
