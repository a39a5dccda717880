//! The file of a backup: written beside its place and put there when it is complete, read only as far as it is whole.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, BufWriter, ErrorKind, Read, Write},
    mem,
    path::{Path, PathBuf},
};

use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use serde::Deserialize;
use tokio::sync::mpsc::{Receiver, Sender};

use super::{
    error::BackupError,
    format::{End, FORMAT, Header, Part, Seal, Sealing, cells},
};
use crate::migrations;

const BUFFER_BYTES: usize = 1 << 18;
/// A longer line is none of ours: the longest holds what the radar knows.
const LONGEST_LINE: u64 = 1 << 30;
/// The header is no longer than that.
const LONGEST_HEADER: u64 = 1 << 20;

/// Writes what comes, and gives the header and the number of bytes. What stands at `path` is replaced when all of it is on the disk.
///
/// # Errors
/// [`BackupError::CannotWrite`], or [`BackupError::BrokenOff`] if the end did not come; no new file stays.
pub fn write(path: &Path, mut parts: Receiver<Part>) -> Result<(Header, u64), BackupError> {
    let cannot = |source| BackupError::CannotWrite { path: path.to_owned(), source };
    let folder = folder_of(path);
    let name = path.file_name().ok_or(ErrorKind::InvalidFilename.into()).map_err(cannot)?;
    // Whoever made it may read it, and nobody else: it holds what people wrote, and secrets of channels.
    let file = tempfile::Builder::new()
        .prefix(&format!(".{}.", name.to_string_lossy()))
        .suffix(".part")
        .tempfile_in(folder)
        .map_err(cannot)?;
    let buffered = BufWriter::with_capacity(BUFFER_BYTES, file);
    let mut gzip = GzEncoder::new(buffered, Compression::new(4));
    let (mut rows, mut spine) = (0, Sealing::default());
    let Some(Part::Header(header)) = parts.blocking_recv() else {
        return Err(BackupError::BrokenOff);
    };
    put(&mut gzip, &mut spine, &header).map_err(cannot)?;
    loop {
        match parts.blocking_recv().ok_or(BackupError::BrokenOff)? {
            Part::Header(_) => return Err(BackupError::BrokenOff),
            Part::Rows(lines) => gzip.write_all(&lines).map_err(cannot)?,
            Part::Seal(seal) => {
                rows += seal.rows;
                put(&mut gzip, &mut spine, &seal).map_err(cannot)?;
            }
            Part::End => break,
        }
    }
    let end = End { complete: rows, sha256: spine.digest() };
    put(&mut gzip, &mut Sealing::default(), &end).map_err(cannot)?;
    let buffered = gzip.finish().map_err(cannot)?;
    let file = buffered.into_inner().map_err(|error| cannot(error.into_error()))?;
    file.as_file().sync_all().map_err(cannot)?;
    let bytes = file.as_file().metadata().map_err(cannot)?.len();
    file.persist(path).map_err(|error| cannot(error.error))?;
    sync(folder).map_err(cannot)?;
    Ok((header, bytes))
}

fn put(
    gzip: &mut impl Write,
    spine: &mut Sealing,
    value: &impl serde::Serialize,
) -> io::Result<()> {
    let mut line = serde_json::to_vec(value)?;
    line.push(b'\n');
    spine.add(&line, 1);
    gzip.write_all(&line)
}

/// Where the name of a file is.
pub fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A name is on the disk when its folder is.
pub fn sync(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// Reads the whole file, and gives its header if nothing is missing or changed.
///
/// # Errors
/// See [`BackupError`].
pub fn verify(path: &Path) -> Result<Header, BackupError> {
    let mut backup = Backup::open(path)?;
    loop {
        let table = backup.place;
        match backup.next()? {
            Part::Rows(lines) => {
                let columns = &backup.header.tables[table].columns;
                let mut lines = lines.split_inclusive(|byte| *byte == b'\n');
                if lines.any(|line| cells(line, columns).is_none()) {
                    return Err(backup.damaged("a line is no row of its table"));
                }
            }
            Part::End => return Ok(backup.header),
            Part::Header(_) | Part::Seal(_) => {}
        }
    }
}

/// Sends what follows the header.
///
/// # Errors
/// See [`BackupError`]; then the last part is missing.
pub fn send(path: &Path, parts: &Sender<Part>) -> Result<(), BackupError> {
    let mut backup = Backup::open(path)?;
    loop {
        let part = backup.next()?;
        let is_end = matches!(part, Part::End);
        parts.blocking_send(part).map_err(|_| BackupError::BrokenOff)?;
        if is_end {
            return Ok(());
        }
    }
}

/// A file that is read part by part.
struct Backup {
    path: PathBuf,
    lines: BufReader<GzDecoder<File>>,
    header: Header,
    /// Of the table whose rows come next.
    place: usize,
    rows: Sealing,
    spine: Sealing,
    total: u64,
    /// A line after rows that were given first.
    ahead: Vec<u8>,
}

/// What every header says, of whatever version.
#[derive(Deserialize)]
struct Beginning {
    vigie_backup: u32,
    schema: i64,
    program: String,
}

impl Backup {
    fn open(path: &Path) -> Result<Self, BackupError> {
        let path = path.to_owned();
        let file = File::open(&path);
        let file = file.map_err(|source| BackupError::CannotRead { path: path.clone(), source })?;
        let mut lines = BufReader::with_capacity(BUFFER_BYTES, GzDecoder::new(file));
        let mut line = Vec::new();
        let read = lines.by_ref().take(LONGEST_HEADER).read_until(b'\n', &mut line);
        let beginning = read.ok().and_then(|_| serde_json::from_slice::<Beginning>(&line).ok());
        let Some(beginning) = beginning else { return Err(BackupError::NoBackup { path }) };
        if beginning.vigie_backup > FORMAT || beginning.schema > migrations::newest() {
            return Err(BackupError::Newer { path, program: beginning.program });
        }
        let header = serde_json::from_slice(&line).map_err(|error| BackupError::Damaged {
            path: path.clone(),
            reason: format!("its header cannot be read: {error}"),
        })?;
        let mut spine = Sealing::default();
        spine.add(&line, 1);
        let (rows, ahead) = (Sealing::default(), Vec::new());
        Ok(Self { path, lines, header, place: 0, rows, spine, total: 0, ahead })
    }

    fn next(&mut self) -> Result<Part, BackupError> {
        if self.place == self.header.tables.len() {
            return self.end();
        }
        let (mut chunk, mut count) = (Vec::new(), 0);
        let line = loop {
            let line = self.line()?;
            if line.first() != Some(&b'[') {
                break line;
            }
            chunk.extend_from_slice(&line);
            count += 1;
            if chunk.len() >= BUFFER_BYTES {
                break Vec::new();
            }
        };
        if count > 0 {
            self.ahead = line;
            self.rows.add(&chunk, count);
            return Ok(Part::Rows(chunk));
        }
        self.seal(&line)
    }

    fn seal(&mut self, line: &[u8]) -> Result<Part, BackupError> {
        let header = &self.header.tables[self.place];
        let seal = mem::take(&mut self.rows).seal(&header.name);
        if serde_json::from_slice::<Seal>(line).ok().as_ref() != Some(&seal)
            || seal.rows != header.rows
        {
            let reason =
                format!("the rows of the table {} are not those that were written", seal.table);
            return Err(self.damaged(&reason));
        }
        self.spine.add(line, 1);
        self.total += seal.rows;
        self.place += 1;
        Ok(Part::Seal(seal))
    }

    fn end(&mut self) -> Result<Part, BackupError> {
        let line = self.line()?;
        let end = End { complete: self.total, sha256: mem::take(&mut self.spine).digest() };
        if serde_json::from_slice::<End>(&line).ok() != Some(end) {
            return Err(self.damaged("its end is not that of its beginning"));
        }
        // Reads what gzip itself says of the whole.
        match self.lines.fill_buf() {
            Ok([]) => Ok(Part::End),
            Ok(_) => Err(self.damaged("something follows its end")),
            Err(error) => Err(self.broken(error)),
        }
    }

    fn line(&mut self) -> Result<Vec<u8>, BackupError> {
        if !self.ahead.is_empty() {
            return Ok(mem::take(&mut self.ahead));
        }
        let mut line = Vec::with_capacity(512);
        let read = self.lines.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line);
        match read {
            Ok(_) if line.ends_with(b"\n") => Ok(line),
            Ok(_) => Err(self.damaged("it is cut off")),
            Err(error) => Err(self.broken(error)),
        }
    }

    fn damaged(&self, reason: &str) -> BackupError {
        BackupError::Damaged { path: self.path.clone(), reason: reason.to_owned() }
    }

    fn broken(&self, error: io::Error) -> BackupError {
        match error.kind() {
            ErrorKind::UnexpectedEof => self.damaged("it is cut off"),
            ErrorKind::InvalidInput | ErrorKind::InvalidData => {
                self.damaged("it does not decompress")
            }
            _ => BackupError::CannotRead { path: self.path.clone(), source: error },
        }
    }
}
