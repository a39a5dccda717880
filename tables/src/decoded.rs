//! Bytes of other encodings as UTF-8.

use std::io::{self, BufRead, Read};

use encoding_rs::{CoderResult, Decoder, UTF_16BE, UTF_16LE, WINDOWS_1252};
use serde::{Deserialize, Serialize};

const BUFFER_BYTES: usize = 64 * 1024;

/// How characters are written as bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    /// UTF-8.
    #[default]
    Utf8,
    /// What western versions of Windows wrote before UTF-8; Latin-1 for all that is printed.
    Windows1252,
    /// UTF-16, the lower byte first: what Excel calls Unicode text.
    Utf16Le,
    /// UTF-16, the higher byte first.
    Utf16Be,
}

impl Encoding {
    /// What turns it into UTF-8; nothing has to where it is UTF-8 already.
    pub(crate) fn decoder(self) -> Option<Decoder> {
        let encoding = match self {
            Self::Utf8 => return None,
            Self::Windows1252 => WINDOWS_1252,
            Self::Utf16Le => UTF_16LE,
            Self::Utf16Be => UTF_16BE,
        };
        Some(encoding.new_decoder_without_bom_handling())
    }
}

/// A reader of UTF-8 over a reader of something else. What is no character becomes U+FFFD.
pub(crate) struct Decoded<R> {
    input: R,
    decoder: Decoder,
    output: Vec<u8>,
    taken: usize,
    is_complete: bool,
}

impl<R: BufRead> Decoded<R> {
    pub(crate) fn new(input: R, decoder: Decoder) -> Self {
        Self { input, decoder, output: Vec::new(), taken: 0, is_complete: false }
    }

    fn fill(&mut self) -> io::Result<()> {
        let input = self.input.fill_buf()?;
        let is_last = input.is_empty();
        self.output.resize(BUFFER_BYTES, 0);
        let (result, read, written, _) =
            self.decoder.decode_to_utf8(input, &mut self.output, is_last);
        self.output.truncate(written);
        self.taken = 0;
        self.input.consume(read);
        self.is_complete = is_last && result == CoderResult::InputEmpty;
        Ok(())
    }
}

impl<R: BufRead> Read for Decoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.taken == self.output.len() && !self.is_complete {
            self.fill()?;
        }
        let ready = self.output.get(self.taken..).unwrap_or_default();
        let bytes = ready.len().min(buffer.len());
        buffer[..bytes].copy_from_slice(&ready[..bytes]);
        self.taken += bytes;
        Ok(bytes)
    }
}
