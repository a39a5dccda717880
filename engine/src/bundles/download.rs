//! A bundle, fetched from elsewhere into a folder.

use std::path::Path;

use sentiment::bundle::{BundleFiles, CONFIG, FileEntry, MANIFEST, Manifest};
use tokio::fs;
use url::Url;

use super::{
    BundlesError,
    partial_file::PartialFile,
    read::{is_whole, member_folders},
    source::Source,
};
use crate::use_ring_for_tls;

/// No manifest comes near; a wrong address may lead to anything.
const MAX_MANIFEST_BYTES: usize = 1 << 20;

/// Brings the bundle at `url`, a folder at https://, gs://, s3:// or file://, into the folder `dir`.
///
/// Files that are there and whole are kept. The others arrive as `NAME.part`, and go on from where
/// an earlier attempt stopped. Only when all are there and their SHA-256 is right do they take
/// their names, the manifest last: until then the bundle that was in the folder stays whole. If the
/// address cannot be reached but the folder holds a whole bundle, that one is kept, with a warning
/// in the log.
///
/// A crash while the names are taken leaves files of two bundles under the old manifest, which
/// [`read`](super::read()) refuses, and `manifest.json.part`, which is written once all else has
/// arrived: the next call finishes by it, even if the address cannot be reached.
///
/// The members of an ensemble are brought after it in the same way, from beside `url` to beside
/// `dir`. If that breaks off, `read` refuses the ensemble until another call has brought them.
///
/// # Errors
/// See [`BundlesError`].
pub async fn download(url: &Url, dir: &Path) -> Result<(), BundlesError> {
    use_ring_for_tls();
    download_one(url, dir).await?;
    for (member, folder) in member_folders(dir, &configuration(dir).await?)? {
        download_one(&beside(url, &member), &folder).await?;
    }
    Ok(())
}

/// The file that names the members of the bundle in `dir`: what has arrived of it, else the old one.
async fn configuration(dir: &Path) -> Result<BundleFiles, BundlesError> {
    let arrived = PartialFile::new(dir, CONFIG);
    let content = if arrived.is_waiting().await {
        arrived.content().await?
    } else {
        fs::read(dir.join(CONFIG)).await.unwrap_or_default()
    };
    Ok(BundleFiles::from([(CONFIG.to_owned(), content)]))
}

/// The folder `name` beside that at `url`, with the same user and parameters.
fn beside(url: &Url, name: &str) -> Url {
    let mut beside = url.clone();
    // Only what has no path refuses, such as `mailto:`: no bundle came from there.
    if let Ok(mut segments) = beside.path_segments_mut() {
        segments.pop_if_empty().pop().push(name);
    }
    beside
}

/// One bundle, without its members.
async fn download_one(url: &Url, dir: &Path) -> Result<(), BundlesError> {
    let source = Source::new(url)?;
    fs::create_dir_all(dir).await.map_err(|error| BundlesError::File {
        path: dir.to_owned(),
        action: "made",
        source: error,
    })?;
    finish_what_was_begun(dir).await?;
    let manifest_bytes = match source.small_file(MANIFEST, MAX_MANIFEST_BYTES).await {
        Err(error @ BundlesError::Transfer { .. }) if is_whole(dir) => {
            tracing::warn!(%error, "keeping the model that is there");
            return Ok(());
        }
        other => other?,
    };
    let manifest = Manifest::parse(&manifest_bytes)
        .map_err(|error| BundlesError::BadSource { url: source.url().to_owned(), source: error })?;
    for (name, entry) in &manifest.files {
        bring(&source, &manifest, dir, name, entry).await?;
    }
    // An ensemble whose members cannot lie beside it takes nobody's place.
    member_folders(dir, &configuration(dir).await?)?;
    PartialFile::new(dir, MANIFEST).write(&manifest_bytes).await?;
    take_names(&manifest, dir).await
}

/// Leaves the file whole, under its own name or as a part.
async fn bring(
    source: &Source,
    manifest: &Manifest,
    dir: &Path,
    name: &str,
    entry: &FileEntry,
) -> Result<(), BundlesError> {
    let file = PartialFile::new(dir, name);
    if is_there(manifest, dir, name).await {
        return file.discard().await;
    }
    if file.arrived().await > 0 {
        file.fetch(source, entry.size).await?;
        if manifest.verify(name, &file.content().await?).is_ok() {
            return Ok(());
        }
        tracing::warn!(file = name, "what arrived earlier was damaged; fetching it anew");
        file.discard().await?;
    }
    file.fetch(source, entry.size).await?;
    if let Err(error) = manifest.verify(name, &file.content().await?) {
        file.discard().await?;
        return Err(BundlesError::BadSource { url: source.url().to_owned(), source: error });
    }
    Ok(())
}

/// Whether the file has its name and is the one of `manifest`.
async fn is_there(manifest: &Manifest, dir: &Path, name: &str) -> bool {
    let content = fs::read(dir.join(name)).await;
    content.is_ok_and(|content| manifest.verify(name, &content).is_ok())
}

/// Gives every part its name, the manifest last.
async fn take_names(manifest: &Manifest, dir: &Path) -> Result<(), BundlesError> {
    for name in manifest.files.keys() {
        let file = PartialFile::new(dir, name);
        if file.is_waiting().await {
            file.keep().await?;
        }
    }
    // Where folders can be synced, so that no crash keeps the last name and loses another.
    if let Ok(folder) = fs::File::open(dir).await {
        drop(folder.sync_all().await);
    }
    PartialFile::new(dir, MANIFEST).keep().await
}

/// Takes the names that an earlier call was taking when it was stopped. If anything has changed
/// since, its manifest is forgotten, and everything is looked at anew.
async fn finish_what_was_begun(dir: &Path) -> Result<(), BundlesError> {
    let begun = PartialFile::new(dir, MANIFEST);
    if !begun.is_waiting().await {
        return Ok(());
    }
    match Manifest::parse(&begun.content().await?) {
        Ok(manifest) if can_be_finished(&manifest, dir).await? => take_names(&manifest, dir).await,
        _ => begun.discard().await,
    }
}

/// Whether every file of `manifest` is here and whole: the part if there is one, else the file.
async fn can_be_finished(manifest: &Manifest, dir: &Path) -> Result<bool, BundlesError> {
    for name in manifest.files.keys() {
        let part = PartialFile::new(dir, name);
        let whole = if part.is_waiting().await {
            manifest.verify(name, &part.content().await?).is_ok()
        } else {
            is_there(manifest, dir, name).await
        };
        if !whole {
            return Ok(false);
        }
    }
    Ok(true)
}
