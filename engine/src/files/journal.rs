//! What a reading leaves on the disk, row by row, and how far it counts.
//!
//! Rows are appended; a checkpoint says how much of each file counts, and is only written once that much is on the disk. After a
//! crash the files are cut back to the checkpoint and the reading goes on behind the rows that it counts: none is lost, none doubled.

use std::{
    fs::{File, OpenOptions},
    io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write},
    path::Path,
};

use domain::UnreadableRow;

use super::{
    folder::{Checkpoint, Folder},
    record::Record,
    stored,
    tally::Tally,
};

const BUFFER_BYTES: usize = 256 * 1024;
/// So many rows that could not be read are told one by one; all are counted.
const MOST_TOLD: u64 = 100_000;

/// The files that a reading appends to.
pub(super) struct Journal {
    folder: Folder,
    rows: BufWriter<File>,
    verdicts: BufWriter<File>,
    unreadable: BufWriter<File>,
    /// How far they are, durable or not.
    pub reached: Checkpoint,
}

impl Journal {
    /// Goes on from the last checkpoint.
    pub(super) fn resume(folder: &Folder) -> io::Result<Self> {
        let reached = folder.checkpoint()?;
        let verdict_bytes = reached.judged * Record::BYTES as u64;
        Ok(Self {
            rows: cut(&folder.rows(), reached.rows_bytes)?,
            verdicts: cut(&folder.verdicts(), verdict_bytes)?,
            unreadable: cut(&folder.unreadable(), reached.unreadable_bytes)?,
            folder: folder.clone(),
            reached,
        })
    }

    /// Appends a verdict and the row that it is of.
    pub(super) fn judged(&mut self, record: Record, row: &[u8]) -> io::Result<()> {
        let length = u32::try_from(row.len()).map_err(io::Error::other)?;
        let record = Record { offset: self.reached.rows_bytes, length, ..record };
        self.rows.write_all(row)?;
        self.verdicts.write_all(&record.to_bytes())?;
        self.reached.rows_bytes += row.len() as u64;
        self.reached.judged += 1;
        Ok(())
    }

    /// Appends a row that could not be read.
    pub(super) fn unreadable(&mut self, row: &UnreadableRow) -> io::Result<()> {
        self.reached.unreadable += 1;
        if self.reached.unreadable <= MOST_TOLD {
            let mut line = serde_json::to_vec(row)?;
            line.push(b'\n');
            self.unreadable.write_all(&line)?;
            self.reached.unreadable_bytes += line.len() as u64;
        }
        Ok(())
    }

    /// Makes everything so far durable.
    pub(super) fn commit(&mut self) -> io::Result<()> {
        for file in [&mut self.rows, &mut self.verdicts, &mut self.unreadable] {
            file.flush()?;
            file.get_ref().sync_data()?;
        }
        self.folder.reach(&self.reached)
    }
}

fn cut(path: &Path, bytes: u64) -> io::Result<BufWriter<File>> {
    let mut file = OpenOptions::new().create(true).truncate(false).write(true).open(path)?;
    file.set_len(bytes)?;
    file.seek(SeekFrom::End(0))?;
    Ok(BufWriter::with_capacity(BUFFER_BYTES, file))
}

/// All verdicts up to the checkpoint, in the order of the file.
pub(super) struct Verdicts {
    file: BufReader<File>,
    left: u64,
}

impl Verdicts {
    pub(super) fn open(folder: &Folder) -> io::Result<Self> {
        let left = folder.checkpoint()?.judged;
        let file = match File::open(folder.verdicts()) {
            Err(error) if left == 0 && error.kind() == io::ErrorKind::NotFound => {
                // Nothing was read yet; what is there says at least whether the file is.
                File::open(folder.upload())?
            }
            opened => opened?,
        };
        Ok(Self { file: BufReader::with_capacity(BUFFER_BYTES, file), left })
    }
}

impl Iterator for Verdicts {
    type Item = io::Result<Record>;

    fn next(&mut self) -> Option<Self::Item> {
        self.left = self.left.checked_sub(1)?;
        let mut bytes = [0; Record::BYTES];
        Some(self.file.read_exact(&mut bytes).map(|()| Record::from_bytes(&bytes)))
    }
}

/// The rows themselves; asked for in the order of the file they are read in one go.
pub(super) struct Rows {
    file: Option<BufReader<File>>,
    place: u64,
    row: Vec<u8>,
}

impl Rows {
    pub(super) fn open(folder: &Folder) -> io::Result<Self> {
        let file = match File::open(folder.rows()) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            opened => Some(BufReader::with_capacity(BUFFER_BYTES, opened?)),
        };
        Ok(Self { file, place: 0, row: Vec::new() })
    }

    /// The cells of the row that a verdict is of.
    pub(super) fn cells(&mut self, record: &Record) -> io::Result<Vec<&str>> {
        let file = self.file.as_mut().ok_or(io::ErrorKind::UnexpectedEof)?;
        file.seek_relative(record.offset.wrapping_sub(self.place).cast_signed())?;
        self.row.resize(record.length as usize, 0);
        file.read_exact(&mut self.row)?;
        self.place = record.offset + u64::from(record.length);
        stored::read(&self.row)
    }
}

/// The counts of everything up to the checkpoint, made anew.
pub(super) fn count(folder: &Folder, text_cell: usize) -> io::Result<Tally> {
    let mut tally = Tally::default();
    let mut rows = Rows::open(folder)?;
    for record in Verdicts::open(folder)? {
        let record = record?;
        let cells = rows.cells(&record)?;
        tally.add(&record, cells.get(text_cell).copied().unwrap_or_default());
    }
    Ok(tally)
}
