//! Where rows come from: bytes, compressed or not, in one of the encodings.

use std::io::{self, BufRead, BufReader, Read};

use crate::{Encoding, decoded::Decoded};
use flate2::bufread::MultiGzDecoder;

const BUFFER_BYTES: usize = 256 * 1024;
const GZIP: [u8; 2] = [0x1f, 0x8b];
const BYTE_ORDER_MARK: [u8; 3] = [0xef, 0xbb, 0xbf];

/// Bytes to read: decompressed, UTF-8, without a byte order mark.
pub struct Input(Box<dyn BufRead + Send>);

impl Input {
    /// Whatever `input` gives. Compression is told by the first bytes, so that it works in a pipe too.
    ///
    /// # Errors
    /// If the first bytes cannot be read.
    pub fn new(input: impl Read + Send + 'static) -> io::Result<Self> {
        Self::decoded(input, Encoding::Utf8)
    }

    /// The same of another encoding.
    ///
    /// # Errors
    /// If the first bytes cannot be read.
    pub fn decoded(input: impl Read + Send + 'static, encoding: Encoding) -> io::Result<Self> {
        let input = decompressed(input)?;
        let input: Box<dyn BufRead + Send> = match encoding.decoder() {
            None => input,
            Some(decoder) => {
                Box::new(BufReader::with_capacity(BUFFER_BYTES, Decoded::new(input, decoder)))
            }
        };
        let (start, mut input) = peek::<3>(input)?;
        if start == BYTE_ORDER_MARK {
            input.consume(BYTE_ORDER_MARK.len());
        }
        Ok(Self(Box::new(input)))
    }
}

/// `input` without its compression, which is told by its first bytes.
pub fn decompressed(input: impl Read + Send + 'static) -> io::Result<Box<dyn BufRead + Send>> {
    let (start, input) = peek::<2>(BufReader::with_capacity(BUFFER_BYTES, input))?;
    Ok(if start == GZIP {
        Box::new(BufReader::with_capacity(BUFFER_BYTES, MultiGzDecoder::new(input)))
    } else {
        Box::new(input)
    })
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
