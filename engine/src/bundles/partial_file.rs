//! A file that arrives as `NAME.part` and takes its name when it is whole.

use std::{
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

use futures::StreamExt;
use tokio::{
    fs::{self, OpenOptions},
    io::AsyncWriteExt,
};

use super::{BundlesError, source::Source};

pub(super) struct PartialFile {
    name: String,
    part: PathBuf,
    path: PathBuf,
}

impl PartialFile {
    pub(super) fn new(dir: &Path, name: &str) -> Self {
        Self { name: name.to_owned(), part: dir.join(format!("{name}.part")), path: dir.join(name) }
    }

    /// How many bytes have arrived before.
    pub(super) async fn arrived(&self) -> u64 {
        fs::metadata(&self.part).await.map_or(0, |metadata| metadata.len())
    }

    /// Takes what is missing of `expected` bytes from `source`, or all if nothing useful is there.
    /// What has arrived stays when the transfer breaks off.
    pub(super) async fn fetch(&self, source: &Source, expected: u64) -> Result<(), BundlesError> {
        let mut arrived = self.arrived().await;
        if arrived == expected {
            return Ok(());
        }
        let rest = match arrived {
            1.. if arrived < expected => source.rest_of_file(&self.name, arrived).await?,
            _ => None,
        };
        let mut arriving = match rest {
            Some(rest) => rest,
            None => {
                self.discard().await?;
                arrived = 0;
                source.file(&self.name).await?
            }
        };
        let mut part = OpenOptions::new()
            .create(true)
            .append(true)
            .open(&self.part)
            .await
            .map_err(|error| self.unwritable(error))?;
        let mut tenth = arrived * 10 / expected.max(1);
        while let Some(bytes) = arriving.next().await {
            let bytes = match bytes {
                Ok(bytes) => bytes,
                Err(error) => {
                    part.flush().await.map_err(|error| self.unwritable(error))?;
                    return Err(source.transfer(&self.name, &error));
                }
            };
            part.write_all(&bytes).await.map_err(|error| self.unwritable(error))?;
            arrived += bytes.len() as u64;
            if arrived > expected {
                return Err(source.transfer(&self.name, &"more bytes than the manifest says"));
            }
            if arrived * 10 / expected.max(1) > tenth {
                tenth = arrived * 10 / expected.max(1);
                tracing::info!(file = self.name, arrived, of = expected, "fetching the model");
            }
        }
        part.sync_all().await.map_err(|error| self.unwritable(error))
    }

    /// Everything that has arrived.
    pub(super) async fn content(&self) -> Result<Vec<u8>, BundlesError> {
        fs::read(&self.part).await.map_err(|source| BundlesError::File {
            path: self.part.clone(),
            action: "read",
            source,
        })
    }

    /// Writes a file that arrived in one piece.
    pub(super) async fn write(&self, content: &[u8]) -> Result<(), BundlesError> {
        let write = async {
            let mut part = fs::File::create(&self.part).await?;
            part.write_all(content).await?;
            part.sync_all().await
        };
        write.await.map_err(|error| self.unwritable(error))
    }

    /// Gives the file its name, in one step.
    pub(super) async fn keep(self) -> Result<(), BundlesError> {
        let renamed = fs::rename(&self.part, &self.path).await;
        renamed.map_err(|error| self.unwritable(error))
    }

    /// Whether something has arrived that has not yet taken its name.
    pub(super) async fn is_waiting(&self) -> bool {
        fs::try_exists(&self.part).await.unwrap_or(false)
    }

    /// Forgets what has arrived.
    pub(super) async fn discard(&self) -> Result<(), BundlesError> {
        match fs::remove_file(&self.part).await {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(self.unwritable(error)),
            _ => Ok(()),
        }
    }

    fn unwritable(&self, source: io::Error) -> BundlesError {
        BundlesError::File { path: self.part.clone(), action: "written", source }
    }
}
