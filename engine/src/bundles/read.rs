//! Bundles' folders, turned into models.

use std::{
    fs, io,
    panic::resume_unwind,
    path::{Path, PathBuf},
    thread::{self, ScopedJoinHandle},
};

use sentiment::{
    Bundle, BundleFiles, ByLanguage, Released,
    bundle::{MANIFEST, Manifest, add_member, member_folder, member_names},
};

use super::BundlesError;

/// Loads the bundle in the folder `dir`, after everything in it has been verified.
///
/// Only the files that its manifest names are read, and only if they have the size that it says.
/// The members of an ensemble are read from the folders of their names beside `dir`.
///
/// # Errors
/// See [`BundlesError`]; each names the path and what to do.
pub fn read(dir: &Path) -> Result<Released, BundlesError> {
    let files = read_files(dir)?;
    sentiment::release(files)
        .map_err(|source| BundlesError::Bundle { folder: dir.to_owned(), source })
}

/// Loads the bundle in `default` and those in `others`, each for the languages that none before
/// it knows. All are read at the same time.
///
/// # Errors
/// Those of [`read`], and [`BundlesError::NeverAsked`].
pub fn read_all(default: &Path, others: &[PathBuf]) -> Result<ByLanguage, BundlesError> {
    thread::scope(|scope| {
        let others: Vec<_> = others.iter().map(|dir| scope.spawn(|| read(dir))).collect();
        let default = read(default)?;
        // A panic of theirs is one of ours.
        let join = |other: ScopedJoinHandle<'_, _>| {
            other.join().unwrap_or_else(|panic| resume_unwind(panic))
        };
        let others = others.into_iter().map(join).collect::<Result<Vec<_>, _>>()?;
        Ok(ByLanguage::new(default, others)?)
    })
}

/// The bundle's own files, and those of its members if it is an ensemble.
fn read_files(dir: &Path) -> Result<BundleFiles, BundlesError> {
    let mut files = read_own_files(dir)?;
    for (member, folder) in member_folders(dir, &files)? {
        if !folder.is_dir() {
            return Err(BundlesError::NoMember { ensemble: dir.to_owned(), folder });
        }
        add_member(&mut files, &member, read_own_files(&folder)?);
    }
    Ok(files)
}

/// Names and folders of the members of the bundle in `dir`, whose own files are `files`; none if
/// it is no ensemble.
pub(super) fn member_folders(
    dir: &Path,
    files: &BundleFiles,
) -> Result<Vec<(String, PathBuf)>, BundlesError> {
    let place = |name: String| Ok((name.clone(), member_folder(dir, &name)?));
    member_names(files)
        .and_then(|names| names.into_iter().map(place).collect())
        .map_err(|source| BundlesError::Bundle { folder: dir.to_owned(), source })
}

fn read_own_files(dir: &Path) -> Result<BundleFiles, BundlesError> {
    if !dir.is_dir() {
        return Err(BundlesError::NoFolder(dir.to_owned()));
    }
    let path = dir.join(MANIFEST);
    let manifest_bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(BundlesError::NotABundle(dir.to_owned()));
        }
        Err(error) => return Err(unreadable(path)(error)),
    };
    let manifest = Manifest::parse(&manifest_bytes)
        .map_err(|source| BundlesError::Bundle { folder: dir.to_owned(), source })?;
    let mut files = BundleFiles::from([(MANIFEST.to_owned(), manifest_bytes)]);
    for (name, entry) in &manifest.files {
        files.insert(name.clone(), read_file(dir, name, entry.size)?);
    }
    Ok(files)
}

fn read_file(dir: &Path, name: &str, expected: u64) -> Result<Vec<u8>, BundlesError> {
    let path = dir.join(name);
    match fs::metadata(&path) {
        Ok(metadata) if metadata.len() == expected => {}
        Ok(metadata) => {
            return Err(BundlesError::WrongSize { path, size: metadata.len(), expected });
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(BundlesError::MissingFile {
                folder: dir.to_owned(),
                file: name.to_owned(),
            });
        }
        Err(error) => return Err(unreadable(path)(error)),
    }
    fs::read(&path).map_err(unreadable(path))
}

fn unreadable(path: PathBuf) -> impl FnOnce(io::Error) -> BundlesError {
    |source| BundlesError::File { path, action: "read", source }
}

/// Whether the folder holds every byte that its manifest promises; of members nothing is said.
pub(super) fn is_whole(dir: &Path) -> bool {
    read_own_files(dir).is_ok_and(|files| Bundle::verify(files).is_ok())
}
