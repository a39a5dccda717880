//! A file that is not whole is told, and changes nothing.

use std::{
    fs::{self, File},
    io::{Read, Write},
    path::Path,
};

use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use store::backup::{BackupError, backup, restore};

use super::{dump, everything, file, names_in};
use crate::home::Home;

/// The lines of a backup of everything.
async fn lines(path: &Path) -> Vec<String> {
    let home = Home::sqlite();
    let store = home.store().await;
    everything::fill(&*store).await;
    backup(&home.url, path).await.unwrap();
    let mut text = String::new();
    GzDecoder::new(File::open(path).unwrap()).read_to_string(&mut text).unwrap();
    text.split_inclusive('\n').map(str::to_owned).collect()
}

fn compress(path: &Path, lines: &[String]) {
    let mut gzip = GzEncoder::new(File::create(path).unwrap(), Compression::fast());
    gzip.write_all(lines.concat().as_bytes()).unwrap();
    gzip.finish().unwrap();
}

/// The refusal, after which there is no database where there was none.
async fn refused(path: &Path) -> BackupError {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("vigie.db").display());
    let error = restore(path, &url, true).await.unwrap_err();
    assert!(names_in(folder.path()).is_empty(), "{error}");
    error
}

fn is_damage(error: &BackupError) -> bool {
    matches!(error, BackupError::Damaged { .. })
}

#[tokio::test]
async fn a_file_that_was_cut_off_is_refused_wherever_that_was() {
    let (_folder, path) = file();
    let lines = lines(&path).await;
    let whole = fs::read(&path).unwrap();
    for length in [whole.len() - 1, whole.len() - 9, whole.len() / 2, 9_000] {
        fs::write(&path, &whole[..length]).unwrap();
        let error = refused(&path).await;
        assert!(is_damage(&error), "{length}: {error}");
    }
    for kept in [1, 2, lines.len() / 2, lines.len() - 2, lines.len() - 1] {
        compress(&path, &lines[..kept]);
        let error = refused(&path).await;
        assert!(error.to_string().contains("cut off"), "{kept}: {error}");
    }
}

#[tokio::test]
async fn a_file_that_was_changed_is_refused_wherever_that_was() {
    let (_folder, path) = file();
    let lines = lines(&path).await;
    let whole = fs::read(&path).unwrap();
    for place in (2_000..whole.len()).step_by(whole.len() / 16) {
        let mut changed = whole.clone();
        changed[place] ^= 0x10;
        fs::write(&path, &changed).unwrap();
        let error = refused(&path).await;
        assert!(is_damage(&error), "{place}: {error}");
    }
    let row = lines.iter().position(|line| line.contains("late_flight")).unwrap();
    let mut without = lines.clone();
    without.remove(row);
    let mut other = lines.clone();
    other[row] = other[row].replace("late_flight", "lost_baggage");
    let mut twice = lines.clone();
    twice.insert(row, lines[row].clone());
    let mut header = lines.clone();
    header[0] = header[0].replace("\"last_number\":51", "\"last_number\":50");
    let mut more = lines.clone();
    more.push("[1]\n".to_owned());
    for changed in [without, other, twice, header, more] {
        assert_ne!(changed, lines);
        compress(&path, &changed);
        let error = refused(&path).await;
        assert!(is_damage(&error), "{error}");
    }
}

#[tokio::test]
async fn a_file_of_another_kind_is_no_backup() {
    let (_folder, path) = file();
    for content in [&b""[..], b"SQLite format 3\0", b"{\"vigie_backup\":1}", b"\x1f\x8b\x08\0"] {
        fs::write(&path, content).unwrap();
        let error = refused(&path).await;
        assert!(matches!(error, BackupError::NoBackup { .. }), "{error}");
    }
    compress(&path, &["{\"text\": \"late\"}\n".to_owned()]);
    assert!(matches!(refused(&path).await, BackupError::NoBackup { .. }));
    fs::remove_file(&path).unwrap();
    assert!(matches!(refused(&path).await, BackupError::CannotRead { .. }));
}

#[tokio::test]
async fn a_file_of_a_newer_version_names_that_version() {
    let (_folder, path) = file();
    let lines = lines(&path).await;
    let program = env!("CARGO_PKG_VERSION");
    let header = lines[0].replace(&format!("\"program\":\"{program}\""), "\"program\":\"9.8.7\"");
    let schema = header.find("\"schema\":").unwrap();
    let newer_schema = format!("{}\"schema\":99{}", &header[..schema], &header[schema + 10..]);
    let newer_format = header.replace("\"vigie_backup\":1", "\"vigie_backup\":2,\"other\":3");
    for newer in [newer_schema, newer_format] {
        compress(&path, &[&[newer], &lines[1..]].concat());
        let error = refused(&path).await;
        assert!(error.to_string().contains("9.8.7"), "{error}");
    }
}

#[tokio::test]
async fn a_damaged_file_leaves_a_filled_database_as_it_was() {
    let (_folder, path) = file();
    let lines = lines(&path).await;
    compress(&path, &lines[..lines.len() - 1]);
    for home in [Home::sqlite(), Home::postgres()] {
        let before = super::filled(&home).await;
        restore(&path, &home.url, true).await.unwrap_err();
        assert_eq!(dump::of(&home.url).await, before);
    }
}
