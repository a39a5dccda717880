//! `sent.json`: what of a run is on the server.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::Result;
use serde::{Deserialize, Serialize};

use super::{Account, Ending, Server};
use crate::tensors::write_atomically;

/// Its file in the run's folder.
pub const FILE: &str = "sent.json";

/// How far a run has been sent.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Sent {
    /// The server's address, without secrets.
    pub server: String,
    /// The key of the run.
    pub key: String,
    /// What the server calls it.
    pub run: Option<RemoteRun>,
    /// The SHA-256 of the parameters and tags that it has, in hexadecimal.
    pub described: String,
    /// How many records it has.
    pub records: usize,
    /// The SHA-256 of each file that it has, by path, in hexadecimal.
    pub artefacts: BTreeMap<String, String>,
    /// The number of each registered bundle's version there, by the bundle's version.
    pub versions: BTreeMap<String, String>,
    /// The end that it knows.
    pub ended: Option<Ending>,
}

/// A run on a server.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RemoteRun {
    /// Its id.
    pub id: String,
    /// The address below which its files lie.
    pub artefacts: String,
}

impl Sent {
    /// What the file in `folder` says of `account` and `server`: nothing where it is of others,
    /// or cannot be read.
    pub fn read(folder: &Path, account: &Account, server: &Server) -> Self {
        let content = fs::read(folder.join(FILE)).unwrap_or_default();
        serde_json::from_slice(&content)
            .ok()
            .filter(|sent: &Self| sent.server == server.name() && sent.key == account.key)
            .unwrap_or_else(|| Self::nothing(account, server))
    }

    /// Nothing has been sent of `account` to `server`.
    pub fn nothing(account: &Account, server: &Server) -> Self {
        let (server, key) = (server.name().to_owned(), account.key.clone());
        Self { server, key, ..Self::default() }
    }

    /// Writes it into `folder`.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn write(&self, folder: &Path) -> Result<()> {
        write_atomically(&folder.join(FILE), &serde_json::to_vec_pretty(self)?)
    }
}
