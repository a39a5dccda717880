//! Where rows go: a file that is replaced when the run is complete, or standard output.

use std::{
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use flate2::{Compression, write::GzEncoder};
use tempfile::NamedTempFile;

use super::Named;

const BUFFER_BYTES: usize = 256 * 1024;

/// Bytes to write, compressed if the file's name says so.
pub struct Output(Encoder);

enum Encoder {
    Plain(BufWriter<Place>),
    Gzip(GzEncoder<BufWriter<Place>>),
}

/// What lies under the buffers.
enum Place {
    Stream(Box<dyn Write + Send>),
    /// A file beside its final place, which takes that place at the end.
    Pending {
        file: NamedTempFile,
        target: PathBuf,
    },
}

impl Output {
    /// The file at `path`. What stands there is replaced by [`complete`](Self::complete), and not before.
    /// A pipe or a device is written to as it is.
    ///
    /// # Errors
    /// If a file cannot be made in its folder.
    pub fn file(path: &Path) -> io::Result<Self> {
        let place = match fs::metadata(path) {
            Ok(metadata) if !metadata.is_file() => {
                Place::Stream(Box::new(File::options().write(true).open(path)?))
            }
            existing => Place::pending(path, existing.ok())?,
        };
        let buffered = BufWriter::with_capacity(BUFFER_BYTES, place);
        Ok(Self(if Named::of(path).is_gzip {
            Encoder::Gzip(GzEncoder::new(buffered, Compression::default()))
        } else {
            Encoder::Plain(buffered)
        }))
    }

    /// Whatever takes bytes.
    #[must_use]
    pub fn stream(stream: impl Write + Send + 'static) -> Self {
        let place = Place::Stream(Box::new(stream));
        Self(Encoder::Plain(BufWriter::with_capacity(BUFFER_BYTES, place)))
    }

    /// The unfinished file, to be removed when the run is broken off from outside.
    #[must_use]
    pub fn pending_path(&self) -> Option<&Path> {
        let buffered = match &self.0 {
            Encoder::Plain(buffered) => buffered,
            Encoder::Gzip(encoder) => encoder.get_ref(),
        };
        match buffered.get_ref() {
            Place::Pending { file, .. } => Some(file.path()),
            Place::Stream(_) => None,
        }
    }

    /// Writes what is still buffered and puts the file at its place.
    ///
    /// # Errors
    /// If that fails; the place is then as it was before.
    pub fn complete(self) -> io::Result<()> {
        let buffered = match self.0 {
            Encoder::Plain(buffered) => buffered,
            Encoder::Gzip(encoder) => encoder.finish()?,
        };
        match buffered.into_inner()? {
            Place::Stream(mut stream) => stream.flush(),
            Place::Pending { file, target } => {
                file.as_file().sync_all()?;
                file.persist(target)?;
                Ok(())
            }
        }
    }
}

impl Place {
    fn pending(path: &Path, existing: Option<fs::Metadata>) -> io::Result<Self> {
        // Through a link, the file that it leads to is replaced and not the link.
        let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let folder = match target.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let name = target.file_name().ok_or(io::ErrorKind::InvalidFilename)?.to_string_lossy();
        let file = builder(existing.is_none())
            .prefix(&format!(".{name}."))
            .suffix(".part")
            .tempfile_in(folder)
            .map_err(|error| without_folder(error, folder))?;
        if let Some(existing) = existing {
            file.as_file().set_permissions(existing.permissions())?;
        }
        Ok(Self::Pending { file, target })
    }
}

/// The unfinished file's name would mean nothing to whoever gave a folder that is not there.
fn without_folder(error: io::Error, folder: &Path) -> io::Error {
    if error.kind() == io::ErrorKind::NotFound {
        io::Error::new(error.kind(), format!("there is no folder {}", folder.display()))
    } else {
        error
    }
}

/// A new file gets the rights that the system gives to new files, not the strict ones of temporary files.
fn builder(is_new: bool) -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    if is_new {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder
}

impl Write for Place {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Stream(stream) => stream.write(bytes),
            Self::Pending { file, .. } => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Stream(stream) => stream.flush(),
            Self::Pending { file, .. } => file.flush(),
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.0 {
            Encoder::Plain(buffered) => buffered.write(bytes),
            Encoder::Gzip(encoder) => encoder.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.0 {
            Encoder::Plain(buffered) => buffered.flush(),
            Encoder::Gzip(encoder) => encoder.flush(),
        }
    }
}
