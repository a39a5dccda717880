//! Released bundles: each file has the size and the SHA-256 that the manifest beside it names.

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

pub fn check(workspace: &Workspace) -> Result<()> {
    let mut findings = vec![];
    for file in workspace.files()? {
        if file.starts_with("models") && file.ends_with("manifest.json") {
            let folder = file.parent().unwrap_or(&file);
            findings.extend(damaged(&workspace.root.join(folder))?);
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
}
