//! How rows are written, told from a file's name.

use std::{fmt, path::Path};

/// How rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "clap", derive(clap::ValueEnum))]
pub enum Format {
    /// Cells between tabs; nothing is quoted.
    Tsv,
    /// Cells between commas, quoted where needed (RFC 4180).
    Csv,
    /// One JSON object a line.
    Jsonl,
}

impl fmt::Display for Format {
    /// As it is given on the command line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Tsv => "tsv",
            Self::Csv => "csv",
            Self::Jsonl => "jsonl",
        })
    }
}

/// What the name of a file says of its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named {
    /// The format, if the name tells.
    pub format: Option<Format>,
    /// Whether it is compressed with gzip.
    pub is_gzip: bool,
}

impl Named {
    /// Reads `x.tsv`, `x.csv.gz`, and so on.
    #[must_use]
    pub fn of(path: &Path) -> Self {
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
        let (stem, is_gzip) =
            name.strip_suffix(".gz").map_or((name.as_str(), false), |stem| (stem, true));
        let format = match stem.rsplit_once('.').map(|(_, extension)| extension) {
            Some("tsv") => Some(Format::Tsv),
            Some("csv") => Some(Format::Csv),
            Some("jsonl" | "ndjson") => Some(Format::Jsonl),
            _ => None,
        };
        Self { format, is_gzip }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_format_and_compression() {
        let of = |name: &str| Named::of(Path::new(name));
        assert_eq!(of("a.tsv"), Named { format: Some(Format::Tsv), is_gzip: false });
        assert_eq!(of("dir.csv/a.b.CSV.gz"), Named { format: Some(Format::Csv), is_gzip: true });
        assert_eq!(of("tweets.jsonl"), Named { format: Some(Format::Jsonl), is_gzip: false });
        assert_eq!(of("tsv"), Named { format: None, is_gzip: false });
    }
}
