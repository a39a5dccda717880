//! Bundles for other languages are found by what they say of themselves.

use std::{fs, path::Path};

use bundle_fixture::{SmallBundle, SmallEnsemble};
use engine::bundles::relatives;

use crate::write_bundle;

/// The names of the folders that are found beside `bilstm`.
fn found(models: &Path) -> Vec<String> {
    let found = relatives(&models.join("bilstm"));
    let name = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
    found.iter().map(|path| name(path)).collect()
}

#[test]
fn a_bundle_for_another_language_is_found_whatever_its_folder_is_called() {
    let models = tempfile::tempdir().unwrap();
    write_bundle(&models.path().join("bilstm"));
    assert!(found(models.path()).is_empty(), "one that is not there is not missed");
    SmallBundle::french().write(&models.path().join("paris"));
    assert_eq!(found(models.path()), ["paris"]);
}

#[test]
fn what_adds_no_language_or_is_of_another_family_is_left_where_it_is() {
    let models = tempfile::tempdir().unwrap();
    write_bundle(&models.path().join("bilstm"));
    write_bundle(&models.path().join("english-too"));
    SmallBundle::french().write(&models.path().join("french"));
    SmallBundle::french().write(&models.path().join("french-too"));
    let mut other = SmallBundle::french();
    other.config.family = "linear".to_owned();
    other.config.languages = vec!["es".to_owned()];
    other.write(&models.path().join("linear"));
    assert_eq!(found(models.path()), ["french"]);
}

#[test]
fn an_ensemble_is_never_taken_for_a_bundle_of_another_language() {
    let models = tempfile::tempdir().unwrap();
    write_bundle(&models.path().join("bilstm"));
    let languages = ["en", "es"].map(str::to_owned).to_vec();
    SmallEnsemble { languages, ..SmallEnsemble::default() }.write(models.path());
    SmallBundle::french().write(&models.path().join("paris"));
    assert_eq!(found(models.path()), ["paris"]);
}

#[test]
fn what_is_no_bundle_is_passed_over() {
    let models = tempfile::tempdir().unwrap();
    write_bundle(&models.path().join("bilstm"));
    fs::write(models.path().join("README.md"), "models").unwrap();
    SmallBundle::french().write(&models.path().join("unfinished"));
    fs::remove_file(models.path().join("unfinished/manifest.json")).unwrap();
    fs::create_dir(models.path().join("empty")).unwrap();
    assert!(found(models.path()).is_empty());
    assert!(relatives(Path::new("/nowhere/bilstm")).is_empty());
}

#[test]
fn of_the_released_bundles_the_one_for_readers_devices_is_not_loaded_by_itself() {
    let models = Path::new(env!("CARGO_MANIFEST_DIR")).join("../models");
    assert!(models.join("bilstm-device").is_dir());
    assert_eq!(found(&models), ["bilstm-fr"]);
}
