//! The files that are served as they are: those of public/, the charts of the comparison, and the bundle that goes
//! to readers' devices.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use walkdir::WalkDir;

use super::compress;
use super::freshness::is_fresh;
use crate::workspace::Workspace;

/// Folders of the repository, and where the site has their files: the page links to them there.
const FOLDERS: [(&str, &str); 3] =
    [("public", ""), ("docs/models/plots", "charts"), ("models/bilstm-device", "device")];

/// Copies what is newer than its copy.
///
/// # Errors
/// When a file cannot be read or written.
pub fn copy(workspace: &Workspace, site: &Path) -> Result<Vec<PathBuf>> {
    let mut copies = vec![];
    for (from, to) in FOLDERS {
        copies.extend(copy_folder(&workspace.root.join(from), &site.join(to))?);
    }
    Ok(copies)
}

fn copy_folder(from: &Path, to: &Path) -> Result<Vec<PathBuf>> {
    let mut copies = vec![];
    for source in files(from)? {
        let copy = to.join(source.strip_prefix(from)?);
        copy_file(&source, &copy)?;
        copies.push(copy);
    }
    Ok(copies)
}

/// Copies a file that is newer than its copy.
///
/// # Errors
/// When one cannot be read or the other not written.
pub fn copy_file(source: &Path, copy: &Path) -> Result<()> {
    if !is_fresh(&[copy], &[source])? {
        fs::create_dir_all(copy.parent().unwrap_or(copy))?;
        // Not `fs::copy`, which would keep a read-only mode.
        fs::write(copy, fs::read(source)?)
            .with_context(|| format!("cannot copy {} to {}", source.display(), copy.display()))?;
    }
    Ok(())
}

/// Removes what an earlier build left and this one did not make.
///
/// # Errors
/// When a file cannot be removed.
pub fn remove_all_but(site: &Path, made: &[PathBuf]) -> Result<()> {
    let forms = made.iter().filter_map(|file| compress::forms(file)).flatten();
    let kept: HashSet<PathBuf> = made.iter().cloned().chain(forms).collect();
    for file in files(site)? {
        if !kept.contains(&file) {
            fs::remove_file(&file).with_context(|| format!("cannot remove {}", file.display()))?;
        }
    }
    Ok(())
}

/// All files of a folder and of those in it, by name.
///
/// # Errors
/// When a folder cannot be read.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = vec![];
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.with_context(|| format!("cannot list {}", folder.display()))?;
        if entry.file_type().is_file() {
            files.push(entry.into_path());
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_copied_with_those_in_it_to_where_the_site_has_it() {
        let folder = tempfile::tempdir().unwrap();
        let [from, site] = ["from", "site"].map(|name| folder.path().join(name));
        fs::create_dir_all(from.join("inner")).unwrap();
        fs::write(from.join("inner/bars.svg"), "<svg/>").unwrap();
        let copy = site.join("charts/inner/bars.svg");
        assert_eq!(copy_folder(&from, &site.join("charts")).unwrap(), std::slice::from_ref(&copy));
        assert_eq!(fs::read_to_string(copy).unwrap(), "<svg/>");
    }

    #[test]
    fn leftovers_go_and_compressed_forms_stay() {
        let folder = tempfile::tempdir().unwrap();
        let [page, compressed, leftover] =
            ["page.css", "page.css.br", "old.css.br"].map(|name| folder.path().join(name));
        for file in [&page, &compressed, &leftover] {
            fs::write(file, "").unwrap();
        }
        remove_all_but(folder.path(), std::slice::from_ref(&page)).unwrap();
        assert!(page.exists() && compressed.exists() && !leftover.exists());
    }
}
