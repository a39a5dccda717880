//! Where files of texts are kept, how much of them, and for how long.

use std::path::{Path, PathBuf};

use engine::files::FilesConfig;

use super::{Days, Gibibytes, sources::Sources};

const FOLDER: &str = "vigie-files";

/// What the sources say; the folder lies beside an SQLite database, else in the working directory.
pub fn take(sources: &mut Sources<'_>, database_url: &str) -> FilesConfig {
    let default = || Some(beside(database_url));
    let folder = sources.take_path("files_dir", |o| o.files_dir.clone(), default);
    let quota = sources.take("files_quota_gib", |o| o.files_quota_gib, Gibibytes::of::<20>());
    let days = sources.take("files_retention_days", |o| o.files_retention_days, Days::of::<30>());
    FilesConfig {
        folder: folder.unwrap_or_else(|| FOLDER.into()),
        quota_bytes: quota.bytes(),
        retention: days.duration(),
    }
}

fn beside(database_url: &str) -> PathBuf {
    let path = database_url.strip_prefix("sqlite:").unwrap_or_default();
    let path = path.trim_start_matches("//").split('?').next().unwrap_or_default();
    Path::new(path).parent().unwrap_or(Path::new("")).join(FOLDER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_lie_beside_the_database_where_that_is_a_file() {
        assert_eq!(
            beside("sqlite:///var/lib/vigie/vigie.db"),
            Path::new("/var/lib/vigie/vigie-files")
        );
        assert_eq!(beside("sqlite://data/vigie.db?mode=rwc"), Path::new("data/vigie-files"));
        assert_eq!(beside("sqlite://vigie.db"), Path::new("vigie-files"));
        assert_eq!(beside("postgres://me@host/name"), Path::new("vigie-files"));
    }
}
