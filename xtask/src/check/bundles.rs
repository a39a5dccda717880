//! Released bundles: each file has the size and the SHA-256 that the manifest beside it names, and an ensemble's
//! members lie beside it in the versions that it names.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::none;
use crate::workspace::Workspace;

#[derive(Deserialize)]
struct Manifest {
    files: BTreeMap<String, Entry>,
}

#[derive(Deserialize)]
struct Entry {
    size: u64,
    sha256: String,
}

/// The part of `config.json` that only an ensemble has.
#[derive(Deserialize)]
struct Config {
    #[serde(default)]
    members: Vec<Member>,
}

#[derive(Deserialize)]
struct Member {
    name: String,
    version: String,
}

pub fn check(workspace: &Workspace) -> Result<()> {
    let mut findings = vec![];
    for file in workspace.files()? {
        if file.starts_with("models") && file.ends_with("manifest.json") {
            let folder = file.parent().unwrap_or(&file);
            let folder = workspace.root.join(folder);
            findings.extend(damaged(&folder)?);
            findings.extend(strange_members(&folder)?);
        }
    }
    none(&findings)
}

/// One sentence for each file of the bundle that is not what its manifest says.
fn damaged(folder: &Path) -> Result<Vec<String>> {
    let manifest = folder.join("manifest.json");
    let manifest: Manifest = serde_json::from_slice(&fs::read(&manifest)?)
        .with_context(|| format!("{} is no manifest", manifest.display()))?;
    let mut findings = vec![];
    for (name, entry) in manifest.files {
        let file = folder.join(&name);
        match fs::read(&file) {
            Err(error) => findings.push(format!("{}: {error}", file.display())),
            Ok(bytes)
                if bytes.len() as u64 != entry.size
                    || hex::encode(Sha256::digest(&bytes)) != entry.sha256 =>
            {
                findings.push(format!("{} is not what the manifest says", file.display()));
            }
            Ok(_) => {}
        }
    }
    Ok(findings)
}

/// One sentence for each member of the ensemble in `folder` that is not beside it as it names it; a bundle that is
/// no ensemble has none.
fn strange_members(folder: &Path) -> Result<Vec<String>> {
    let path = folder.join("config.json");
    let Ok(config) = fs::read(&path) else { return Ok(vec![]) };
    let Config { members } = serde_json::from_slice(&config)
        .with_context(|| format!("{} is no configuration", path.display()))?;
    let mut findings = vec![];
    for Member { name, version } in members {
        let manifest = folder.with_file_name(&name).join("manifest.json");
        let found = fs::read(&manifest).map(|bytes| hex::encode(Sha256::digest(bytes)));
        match found {
            Err(error) => findings.push(format!("{}: {error}", manifest.display())),
            // A version is the beginning of the manifest's SHA-256.
            Ok(digest) if version.is_empty() || !digest.starts_with(&version) => findings.push(format!(
                "{} is not of version {version}, which {} names: make the ensemble again with `vigie-train ensemble`",
                manifest.display(),
                path.display()
            )),
            Ok(_) => {}
        }
    }
    Ok(findings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_file_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let digest = hex::encode(Sha256::digest(b"good"));
        let manifest =
            format!(r#"{{"files": {{"vocab.txt": {{"size": 4, "sha256": "{digest}"}}}}}}"#);
        fs::write(folder.path().join("manifest.json"), manifest).unwrap();
        fs::write(folder.path().join("vocab.txt"), "good").unwrap();
        assert!(damaged(folder.path()).unwrap().is_empty());
        fs::write(folder.path().join("vocab.txt"), "gool").unwrap();
        assert_eq!(damaged(folder.path()).unwrap().len(), 1);
    }

    #[test]
    fn an_ensemble_s_members_lie_beside_it_in_the_versions_that_it_names() {
        let models = tempfile::tempdir().unwrap();
        let ensemble = models.path().join("ensemble");
        let findings = |version: &str| {
            let config = format!(r#"{{"members": [{{"name": "one", "version": "{version}"}}]}}"#);
            fs::write(ensemble.join("config.json"), config).unwrap();
            strange_members(&ensemble).unwrap()
        };
        fs::create_dir(&ensemble).unwrap();
        let version = &hex::encode(Sha256::digest(b"{}"))[..12];
        assert!(findings(version)[0].contains("one"), "it is not there");
        fs::create_dir(models.path().join("one")).unwrap();
        fs::write(models.path().join("one/manifest.json"), "{}").unwrap();
        assert!(findings(version).is_empty());
        assert!(findings("0123456789ab")[0].contains("0123456789ab"));
    }

    #[test]
    fn a_bundle_without_members_needs_nothing_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("config.json"), r#"{"family": "bilstm"}"#).unwrap();
        assert!(strange_members(folder.path()).unwrap().is_empty());
    }
}
