//! Bundles on disk.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use sentiment::bundle::{
    Bundle, BundleFiles, MANIFEST, Manifest, add_member, member_folder, member_names,
};

use crate::tensors::write_atomically;

/// Reads the files that the manifest in `folder` names, and the manifest; of an ensemble also those
/// of its members, which lie beside it.
///
/// # Errors
/// If one is missing, or a manifest is none.
pub fn read(folder: &Path) -> Result<BundleFiles> {
    let mut files = read_own(folder)?;
    for member in member_names(&files)? {
        let its = read_own(&member_folder(folder, &member)?).with_context(|| {
            format!("the ensemble {} needs its member {member} beside it", folder.display())
        })?;
        add_member(&mut files, &member, its);
    }
    Ok(files)
}

fn read_own(folder: &Path) -> Result<BundleFiles> {
    let read = |name: &str| {
        fs::read(folder.join(name))
            .with_context(|| format!("{} is no bundle: {name} cannot be read", folder.display()))
    };
    let manifest = read(MANIFEST)?;
    let names = Manifest::parse(&manifest)?.files.into_keys();
    let mut files: BundleFiles =
        names.map(|name| Ok((name.clone(), read(&name)?))).collect::<Result<_>>()?;
    files.insert(MANIFEST.to_owned(), manifest);
    Ok(files)
}

/// Writes `bundle` as the folder `folder`, in place of the bundle that it holds. The new one is
/// written beside it and loaded before they change places, so that a kill leaves one of them
/// whole. The members of an ensemble are not written: they lie beside it.
///
/// # Errors
/// If the folder holds other files too, cannot be written, or what was written does not load.
pub fn write(folder: &Path, bundle: &Bundle) -> Result<()> {
    let failed = || format!("{} cannot be written", folder.display());
    // The folder that a link leads to is replaced, not the link.
    let folder = &if folder.exists() { folder.canonicalize()? } else { folder.to_owned() };
    let files = bundle.own_files();
    check_replaceable(folder, &files)?;
    let (next, previous) = (beside(folder, "next")?, beside(folder, "previous")?);
    remove(&next)?;
    fs::create_dir_all(&next).with_context(failed)?;
    for (name, content) in &files {
        write_atomically(&next.join(name), content)?;
    }
    sentiment::load(read(&next)?).with_context(failed)?;

    if folder.exists() {
        remove(&previous)?;
        fs::rename(folder, &previous).with_context(failed)?;
    }
    if let Err(error) = fs::rename(&next, folder) {
        if previous.exists() {
            fs::rename(&previous, folder).with_context(failed)?;
        }
        return Err(error).with_context(failed);
    }
    remove(&previous)
}

/// Only a bundle's files may go when a bundle comes.
fn check_replaceable(folder: &Path, files: &BundleFiles) -> Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    let mut known: BTreeSet<String> = files.keys().cloned().collect();
    if let Ok(manifest) = fs::read(folder.join(MANIFEST)) {
        known.extend(Manifest::parse(&manifest).into_iter().flat_map(|old| old.files.into_keys()));
    }
    for entry in fs::read_dir(folder).with_context(|| format!("{}", folder.display()))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if !known.contains(&name) {
            bail!(
                "{} holds {name}, which is no file of a bundle: choose another folder",
                folder.display()
            );
        }
    }
    Ok(())
}

/// A hidden folder beside `folder`.
fn beside(folder: &Path, role: &str) -> Result<PathBuf> {
    let name = folder
        .file_name()
        .with_context(|| format!("{} is no name for a folder", folder.display()))?
        .to_string_lossy();
    Ok(folder.with_file_name(format!(".{name}.{role}")))
}

/// Removes the folder, if it is there.
///
/// # Errors
/// If it cannot be removed.
pub fn remove(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)
            .with_context(|| format!("{} cannot be removed", folder.display()))?;
    }
    Ok(())
}
