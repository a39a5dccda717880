//! Where rows come from: a file or standard input, compressed or not.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read},
    path::Path,
};

use flate2::bufread::MultiGzDecoder;
use indicatif::ProgressBar;

use super::PredictError;

const BUFFER_BYTES: usize = 256 * 1024;
const GZIP: [u8; 2] = [0x1f, 0x8b];
const BYTE_ORDER_MARK: [u8; 3] = [0xef, 0xbb, 0xbf];

/// Bytes to read, decompressed and without a byte order mark.
pub struct Input(Box<dyn BufRead + Send>);

impl Input {
    /// The file at `path`; `progress` counts the bytes that are read of it.
    ///
    /// # Errors
    /// If it cannot be opened or its first bytes cannot be read.
    pub fn file(path: &Path, progress: &ProgressBar) -> Result<Self, PredictError> {
        let open = || {
            let file = File::open(path)?;
            progress.set_length(file.metadata()?.len());
            Self::new(progress.wrap_read(file))
        };
        open().map_err(|source| PredictError::Open { path: path.to_owned(), source })
    }

    /// Whatever `input` gives. Compression is told by the first bytes, so that it works in a pipe too.
    ///
    /// # Errors
    /// If the first bytes cannot be read.
    pub fn new(input: impl Read + Send + 'static) -> io::Result<Self> {
        let (start, input) = peek::<2>(BufReader::with_capacity(BUFFER_BYTES, input))?;
        let input: Box<dyn BufRead + Send> = if start == GZIP {
            Box::new(BufReader::with_capacity(BUFFER_BYTES, MultiGzDecoder::new(input)))
        } else {
            Box::new(input)
        };
        let (start, mut input) = peek::<3>(input)?;
        if start == BYTE_ORDER_MARK {
            input.consume(BYTE_ORDER_MARK.len());
        }
        Ok(Self(Box::new(input)))
    }
}

impl Read for Input {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer)
    }
}

impl BufRead for Input {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.0.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.0.consume(amount);
    }
}

/// The first `N` bytes, fewer at the end, and a reader that begins with them again.
fn peek<const N: usize>(
    mut input: impl BufRead + Send,
) -> io::Result<(Vec<u8>, impl BufRead + Send)> {
    let mut start = Vec::with_capacity(N);
    input.by_ref().take(N as u64).read_to_end(&mut start)?;
    Ok((start.clone(), io::Cursor::new(start).chain(input)))
}
