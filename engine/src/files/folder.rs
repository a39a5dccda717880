//! The folder of one file: what is known of it, and what lies where.
//!
//! | name | content |
//! |---|---|
//! | `file.json` | [`Known`]: replaced in one step |
//! | `upload` | the bytes as they arrived |
//! | `rows`, `verdicts`, `unreadable` | what was read; they count as far as the checkpoint says |
//! | `checkpoint.json` | [`Checkpoint`]: replaced in one step, after what it counts is on the disk |
//! | `summary.json` | the summary, once the reading has ended |

use std::{
    fs::{self, File},
    io::{self, ErrorKind, Write},
    path::{Path, PathBuf},
};

use domain::{FileId, FileLayout, FileProblem, FileState};
use jiff::Timestamp;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// What is known of a file beside its bytes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Known {
    pub id: FileId,
    pub name: String,
    pub bytes: Option<u64>,
    pub created_at: Timestamp,
    pub state: FileState,
    pub layout: Option<FileLayout>,
    pub problem: Option<FileProblem>,
}

/// How far a reading is, durably.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Checkpoint {
    /// Rows that the reader gave, whatever became of them.
    pub taken: u64,
    /// Rows with a verdict.
    pub judged: u64,
    /// Rows that could not be read.
    pub unreadable: u64,
    /// The length of `rows`.
    pub rows_bytes: u64,
    /// The length of `unreadable`.
    pub unreadable_bytes: u64,
    /// About how many bytes of the upload that took.
    pub upload_bytes: u64,
}

/// The folder of one file.
#[derive(Clone, Debug)]
pub(super) struct Folder(PathBuf);

impl Folder {
    pub(super) fn new(all: &Path, id: FileId) -> Self {
        Self(all.join(id.to_string()))
    }

    pub(super) fn create(&self, known: &Known) -> io::Result<()> {
        fs::create_dir_all(&self.0)?;
        File::create(self.upload())?.sync_all()?;
        self.know(known)
    }

    pub(super) fn upload(&self) -> PathBuf {
        self.0.join("upload")
    }

    pub(super) fn rows(&self) -> PathBuf {
        self.0.join("rows")
    }

    pub(super) fn verdicts(&self) -> PathBuf {
        self.0.join("verdicts")
    }

    pub(super) fn unreadable(&self) -> PathBuf {
        self.0.join("unreadable")
    }

    /// What is known of the file.
    pub(super) fn known(&self) -> io::Result<Known> {
        self.read("file.json")
    }

    pub(super) fn know(&self, known: &Known) -> io::Result<()> {
        self.replace("file.json", known)
    }

    /// How far the reading is; at its beginning where nothing says otherwise.
    pub(super) fn checkpoint(&self) -> io::Result<Checkpoint> {
        match self.read("checkpoint.json") {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Checkpoint::default()),
            read => read,
        }
    }

    pub(super) fn reach(&self, checkpoint: &Checkpoint) -> io::Result<()> {
        self.replace("checkpoint.json", checkpoint)
    }

    pub(super) fn summary<T: DeserializeOwned>(&self) -> io::Result<T> {
        self.read("summary.json")
    }

    pub(super) fn sum_up(&self, summary: &impl Serialize) -> io::Result<()> {
        self.replace("summary.json", summary)
    }

    /// Forgets what was read, so that the reading begins anew.
    pub(super) fn forget_reading(&self) -> io::Result<()> {
        // The checkpoint goes first: without it, nothing that lies there counts.
        for name in ["checkpoint.json", "summary.json", "verdicts", "rows", "unreadable"] {
            match fs::remove_file(self.0.join(name)) {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }

    pub(super) fn delete(&self) -> io::Result<()> {
        fs::remove_dir_all(&self.0)
    }

    /// The room that it takes.
    pub(super) fn bytes(&self) -> io::Result<u64> {
        let mut bytes = 0;
        for entry in fs::read_dir(&self.0)? {
            bytes += entry?.metadata().map_or(0, |metadata| metadata.len());
        }
        Ok(bytes)
    }

    fn read<T: DeserializeOwned>(&self, name: &str) -> io::Result<T> {
        Ok(serde_json::from_slice(&fs::read(self.0.join(name))?)?)
    }

    /// A crash leaves the old content or the new one, never a part.
    fn replace(&self, name: &str, content: &impl Serialize) -> io::Result<()> {
        let part = self.0.join(format!("{name}.part"));
        let mut file = File::create(&part)?;
        file.write_all(&serde_json::to_vec(content)?)?;
        file.sync_all()?;
        fs::rename(part, self.0.join(name))?;
        // The name is durable once the folder is.
        #[cfg(unix)]
        File::open(&self.0)?.sync_all()?;
        Ok(())
    }
}
