//! The exported bundle of a run: its files, its figures on tests, its place in the registry.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result};
use jiff::Timestamp;
use sentiment::bundle::{Bundle, BundleFiles, CARD, Card, MANIFEST, version_of};

use super::{
    Server, mlflow,
    sent::{RemoteRun, Sent},
};
use crate::{
    bundle_folder,
    training::{Record, RunFolder},
};

/// What the newest version of a model is called until somebody has decided on it.
const ALIAS: &str = "candidate";

/// Sends the bundle in `folder`, if there is one that the server lacks, and registers it. The
/// figures that `records` lack are added to the run's.
///
/// # Errors
/// If the bundle is damaged, or the server does not take it.
pub fn send(
    folder: &Path,
    server: &Server,
    run: &RemoteRun,
    records: &[Record],
    sent: &mut Sent,
) -> Result<()> {
    let path = folder.join(RunFolder::BUNDLE);
    if !path.is_dir() {
        return Ok(());
    }
    if is_sent(&path, sent) {
        return Ok(());
    }
    let files = bundle_folder::read(&path)?;
    let bundle = Bundle::verify(files.clone())?;
    let card: Card = bundle.json(CARD)?;
    let below = format!("{}/{}", RunFolder::BUNDLE, bundle.version());
    put(&files, &below, server, run)?;
    mlflow::record(server, run, &[figures(&card, records)?], |_| Ok(()))?;
    let version = mlflow::Version {
        model: bundle.name(),
        bundle: bundle.version(),
        created_at: &card.created_at,
        source: format!("{}/{below}", run.artefacts),
    };
    let number = mlflow::register(server, run, &version, ALIAS)?;
    sent.versions.insert(bundle.version().to_owned(), number);
    sent.write(folder)
}

/// Whether the server has the bundle in `folder`: its manifest alone tells its version, so that a
/// run which is sent every few seconds need not read the weights.
fn is_sent(folder: &Path, sent: &Sent) -> bool {
    let manifest = fs::read(folder.join(MANIFEST));
    manifest.is_ok_and(|manifest| sent.versions.contains_key(&version_of(&manifest)))
}

fn put(files: &BundleFiles, below: &str, server: &Server, run: &RemoteRun) -> Result<()> {
    files.iter().try_for_each(|(name, content)| {
        mlflow::file(server, run, &format!("{below}/{name}"), content.clone())
    })
}

/// The card's figures that no record has, as of the last step.
fn figures(card: &Card, records: &[Record]) -> Result<Record> {
    let is_new = |name: &String| !records.iter().any(|record| record.metrics.contains_key(name));
    let metrics: BTreeMap<String, f64> = card
        .metrics
        .iter()
        .map(|metric| (metric.name.clone(), metric.value))
        .filter(|(name, _)| is_new(name))
        .collect();
    let at: Timestamp = card.created_at.parse().context("the card has no time")?;
    let step = records.last().map_or(0, |record| record.step);
    Ok(Record { step, at_ms: at.as_millisecond(), metrics })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bundle_that_the_server_has_is_told_by_its_manifest_alone() {
        let folder = tempfile::tempdir().unwrap();
        let files = BundleFiles::from([("a.txt".to_owned(), b"a".to_vec())]);
        let bundle = Bundle::create("toy", files).unwrap();
        fs::write(folder.path().join(MANIFEST), &bundle.own_files()[MANIFEST]).unwrap();
        let sent_of = |version: &str| Sent {
            versions: [(version.to_owned(), "1".to_owned())].into(),
            ..Sent::default()
        };
        assert!(is_sent(folder.path(), &sent_of(bundle.version())));
        assert!(!is_sent(folder.path(), &sent_of("0123456789ab")));
        assert!(!is_sent(folder.path(), &Sent::default()));
        fs::remove_file(folder.path().join(MANIFEST)).unwrap();
        assert!(!is_sent(folder.path(), &sent_of(bundle.version())));
    }
}
