//! A folder is a bundle, or the error says what to do.

use std::{fs, path::Path};

use bundle_fixture::SmallBundle;
use engine::bundles::{BundlesError, read, read_all};

use crate::write_bundle;

fn error_of(folder: &Path) -> BundlesError {
    read(folder).err().unwrap()
}

#[test]
fn a_whole_bundle_is_read() {
    let folder = tempfile::tempdir().unwrap();
    write_bundle(folder.path());
    let model = read(folder.path()).unwrap().model;
    assert_eq!(model.id().name, "small");
    assert_eq!(model.predict(&["the flight was late"]).unwrap().len(), 1);
}

#[test]
fn several_bundles_are_read_the_default_first() {
    let folder = tempfile::tempdir().unwrap();
    let (english, french) = (folder.path().join("en"), folder.path().join("fr"));
    write_bundle(&english);
    SmallBundle::french().write(&french);
    let models = read_all(&english, &[french]).unwrap();
    let names: Vec<_> = models.all().iter().map(|released| &released.model.id().name).collect();
    assert_eq!(names, ["small", "small-fr"]);
}

#[test]
fn a_bundle_that_would_never_be_asked_is_told() {
    let folder = tempfile::tempdir().unwrap();
    write_bundle(folder.path());
    let error = read_all(folder.path(), &[folder.path().to_owned()]).err().unwrap();
    assert!(matches!(error, BundlesError::NeverAsked(_)), "{error:?}");
}

#[test]
fn files_beside_the_bundle_are_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    write_bundle(folder.path());
    fs::create_dir(folder.path().join("README.md")).unwrap();
    assert!(read(folder.path()).is_ok());
}

#[test]
fn a_missing_folder_says_how_to_name_one() {
    let error = error_of(Path::new("/nowhere/bilstm"));
    assert!(matches!(error, BundlesError::NoFolder(_)));
    assert!(error.to_string().contains("/nowhere/bilstm"), "{error}");
    assert!(error.to_string().contains("--model"), "{error}");
}

#[test]
fn a_folder_without_a_manifest_is_no_bundle() {
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(error_of(folder.path()), BundlesError::NotABundle(_)));
}

#[test]
fn a_missing_file_is_named() {
    let folder = tempfile::tempdir().unwrap();
    write_bundle(folder.path());
    fs::remove_file(folder.path().join("vocab.txt")).unwrap();
    let error = error_of(folder.path());
    assert!(matches!(error, BundlesError::MissingFile { .. }));
    assert!(error.to_string().contains("vocab.txt"), "{error}");
}

#[test]
fn a_cut_file_is_told_before_it_is_read() {
    let folder = tempfile::tempdir().unwrap();
    write_bundle(folder.path());
    let path = folder.path().join("model.safetensors");
    let content = fs::read(&path).unwrap();
    fs::write(&path, &content[..content.len() - 1]).unwrap();
    let error = error_of(folder.path());
    assert!(matches!(error, BundlesError::WrongSize { .. }), "{error:?}");
    assert!(error.to_string().contains("model.safetensors is damaged"), "{error}");
}

#[test]
fn a_changed_byte_is_told() {
    let folder = tempfile::tempdir().unwrap();
    write_bundle(folder.path());
    let path = folder.path().join("model.safetensors");
    let mut content = fs::read(&path).unwrap();
    *content.last_mut().unwrap() ^= 1;
    fs::write(&path, &content).unwrap();
    let error = error_of(folder.path());
    assert!(matches!(error, BundlesError::Bundle { .. }), "{error:?}");
    assert!(error.to_string().contains("model.safetensors"), "{error}");
}

#[test]
fn a_manifest_that_leads_out_of_its_folder_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    write_bundle(folder.path());
    let path = folder.path().join("manifest.json");
    let manifest = fs::read_to_string(&path).unwrap().replace("vocab.txt", "../vocab.txt");
    fs::write(&path, manifest).unwrap();
    assert!(matches!(error_of(folder.path()), BundlesError::Bundle { .. }));
}
