//! Compressed forms beside each file: the server sends them as they are.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

use super::freshness::is_fresh;

/// What is not compressed in itself already.
const COMPRESSIBLE: [&str; 10] =
    ["css", "html", "ico", "js", "json", "safetensors", "svg", "txt", "wasm", "webmanifest"];

/// Makes the missing and the outdated forms.
///
/// # Errors
/// When a file cannot be read or written.
pub fn all(files: &[PathBuf]) -> Result<()> {
    for file in files {
        let forms = forms(file);
        if let Some([brotli, gzip]) = &forms
            && !is_fresh(&[brotli, gzip], &[file])?
        {
            let content = fs::read(file)?;
            write_brotli(&content, quality(file), brotli)
                .with_context(|| format!("cannot write {}", brotli.display()))?;
            write_gzip(&content, gzip)
                .with_context(|| format!("cannot write {}", gzip.display()))?;
        }
    }
    Ok(())
}

/// Where the Brotli and the gzip form of a file lie, if it has them.
pub fn forms(file: &Path) -> Option<[PathBuf; 2]> {
    let extension = file.extension()?.to_str()?;
    COMPRESSIBLE
        .contains(&extension)
        .then(|| ["br", "gz"].map(|form| file.with_extension(format!("{extension}.{form}"))))
}

/// How long Brotli searches, 0 to 11. Weights gain .4 % by the longest search, which takes a minute.
fn quality(file: &Path) -> i32 {
    if file.extension().is_some_and(|extension| extension == "safetensors") { 5 } else { 11 }
}

fn write_brotli(content: &[u8], quality: i32, to: &Path) -> Result<()> {
    let parameters =
        BrotliEncoderParams { quality, lgwin: 24, size_hint: content.len(), ..Default::default() };
    let mut output = BufWriter::new(File::create(to)?);
    brotli::BrotliCompress(&mut &content[..], &mut output, &parameters)?;
    output.flush()?;
    Ok(())
}

fn write_gzip(content: &[u8], to: &Path) -> Result<()> {
    let mut output = GzEncoder::new(File::create(to)?, Compression::best());
    output.write_all(content)?;
    output.finish()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use flate2::read::GzDecoder;

    use super::*;

    #[test]
    fn both_forms_give_the_file_back() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("vigie.wasm");
        let content = b"not good ".repeat(999);
        fs::write(&file, &content).unwrap();
        all(std::slice::from_ref(&file)).unwrap();

        let [brotli, gzip] = forms(&file).unwrap();
        let mut unpacked = vec![];
        brotli::BrotliDecompress(&mut File::open(brotli).unwrap(), &mut unpacked).unwrap();
        assert_eq!(unpacked, content);
        unpacked.clear();
        GzDecoder::new(File::open(gzip).unwrap()).read_to_end(&mut unpacked).unwrap();
        assert_eq!(unpacked, content);
    }

    #[test]
    fn fonts_and_pictures_are_compressed_already() {
        assert_eq!(forms(Path::new("face.woff2")), None);
        assert_eq!(forms(Path::new("view.png")), None);
    }
}
