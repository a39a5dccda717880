//! The files of the bundle: from where the browser keeps them, else from the service.

use std::collections::BTreeSet;

use domain::{DeviceError, Progress};
use sentiment::{
    BundleFiles,
    bundle::{MANIFEST, Manifest},
};

use crate::{download::download, kept::Kept, told};

/// Where the site has the bundle.
const FOLDER: &str = "/device";
/// The most bytes that a manifest may have.
const LARGEST_MANIFEST: u64 = 65_536;

/// A bundle whose every file is what its manifest says.
pub struct Found {
    pub files: BundleFiles,
    /// Whether the browser keeps all of it.
    pub is_kept: bool,
}

/// The bundle that the service offers, or without a connection the one that was kept; `tell` is
/// told how it comes along.
///
/// # Errors
/// If a file can neither be fetched nor was kept, or is not what the manifest says.
pub async fn find(tell: &dyn Fn(Progress)) -> Result<Found, DeviceError> {
    tell(Progress::default());
    let kept = Kept::open().await;
    let manifest_address = format!("{FOLDER}/{MANIFEST}");
    let manifest_bytes = match download(&manifest_address, LARGEST_MANIFEST, |_| {}).await {
        Ok(bytes) => bytes,
        Err(error) => kept.content(&manifest_address).await.ok_or(error)?,
    };
    let manifest = Manifest::parse(&manifest_bytes).map_err(|error| told(&error))?;
    let of_bytes = manifest.files.values().map(|entry| entry.size).sum();
    let mut bytes = 0;
    let mut is_kept = true;
    let mut addresses = BTreeSet::from([manifest_address.clone()]);
    let mut files = BundleFiles::new();
    for (name, entry) in &manifest.files {
        // By its content, so that what was kept under an address never has to be asked for again.
        let address = format!("{FOLDER}/{name}?sha256={}", entry.sha256);
        let known = kept.content(&address).await;
        let content = match known.filter(|content| manifest.verify(name, content).is_ok()) {
            Some(content) => content,
            None => {
                let come = |here| tell(Progress { bytes: bytes + here, of_bytes });
                let content = download(&address, entry.size, come).await?;
                manifest.verify(name, &content).map_err(|error| told(&error))?;
                is_kept &= kept.keep(&address, &content).await;
                content
            }
        };
        bytes += entry.size;
        tell(Progress { bytes, of_bytes });
        addresses.insert(address);
        files.insert(name.clone(), content);
    }
    // Last, so that a manifest that was kept has all its files.
    is_kept &= kept.keep(&manifest_address, &manifest_bytes).await;
    kept.forget_all_but(&addresses).await;
    files.insert(MANIFEST.to_owned(), manifest_bytes);
    Ok(Found { files, is_kept })
}
