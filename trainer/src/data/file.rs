//! A file that was read: its text and the sum that names its exact content.

use std::{fs, io::Read, path::Path};

use anyhow::{Context, Result, anyhow};
use flate2::read::MultiGzDecoder;
use sha2::{Digest, Sha256};

use super::import::Format;

/// A source file, decompressed and decoded.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Its text.
    pub text: String,
    /// SHA-256 of the file as it lies on disk, in hexadecimal.
    pub sha256: String,
}

impl SourceFile {
    /// Reads `path`, a file of this form; gzip is told by its first bytes. The text is UTF-8, or
    /// Latin-1 where the form allows it; a byte order mark is dropped.
    ///
    /// # Errors
    /// If the file cannot be read, its compression is damaged, or its encoding is another.
    pub fn read(path: &Path, format: Format) -> Result<Self> {
        let bytes = fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
        let sha256 = hex::encode(Sha256::digest(&bytes));
        let bytes = if bytes.starts_with(&[0x1f, 0x8b]) {
            let mut plain = Vec::new();
            MultiGzDecoder::new(bytes.as_slice())
                .read_to_end(&mut plain)
                .with_context(|| format!("{} is no sound gzip file", path.display()))?;
            plain
        } else {
            bytes
        };
        let text = decode(bytes, format)
            .with_context(|| format!("{} cannot be understood", path.display()))?;
        Ok(Self { text, sha256 })
    }
}

fn decode(bytes: Vec<u8>, format: Format) -> Result<String> {
    let mut text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) if format.may_be_latin_1() => {
            error.into_bytes().into_iter().map(char::from).collect()
        }
        Err(error) => {
            let sound = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let line = sound.iter().filter(|&&byte| byte == b'\n').count() + 1;
            return Err(anyhow!("line {line} is not UTF-8: save the file in that encoding"));
        }
    };
    if text.starts_with('\u{feff}') {
        text.remove(0);
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::{Compression, write::GzEncoder};

    use super::*;

    #[test]
    fn a_compressed_file_reads_as_the_plain_one() {
        let folder = tempfile::tempdir().unwrap();
        let (plain, packed) = (folder.path().join("a.tsv"), folder.path().join("a.tsv.gz"));
        fs::write(&plain, "déjà vu").unwrap();
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all("déjà vu".as_bytes()).unwrap();
        fs::write(&packed, encoder.finish().unwrap()).unwrap();
        assert_eq!(SourceFile::read(&plain, Format::Tsv).unwrap().text, "déjà vu");
        assert_eq!(SourceFile::read(&packed, Format::Tsv).unwrap().text, "déjà vu");
    }

    #[test]
    fn only_sentiment140_may_be_latin_1() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("old.csv");
        fs::write(&path, b"caf\xe9").unwrap();
        assert_eq!(SourceFile::read(&path, Format::Sentiment140Csv).unwrap().text, "café");
        assert!(SourceFile::read(&path, Format::AirlineCsv).is_err());
    }

    #[test]
    fn one_bad_byte_is_refused_by_its_line() {
        let error = decode(b"label\ttext\nneutral\tcaf\xe9\n".to_vec(), Format::Tsv).unwrap_err();
        assert!(error.to_string().contains("line 2 is not UTF-8"), "{error}");
    }

    #[test]
    fn a_byte_order_mark_is_no_text() {
        assert_eq!(decode("\u{feff}label".into(), Format::Tsv).unwrap(), "label");
    }
}
