//! An ensemble is read and fetched with its members, or the error says which of them is wrong.

use std::{fs, path::Path};

use bundle_fixture::{SmallBundle, SmallEnsemble};
use engine::bundles::{BundlesError, download, read, read_all};
use sentiment::BundleFiles;
use tempfile::TempDir;
use url::Url;

use crate::file_server::{FileServer, Manners};

const NAME: &str = "small-ensemble";

fn written() -> TempDir {
    let models = tempfile::tempdir().unwrap();
    SmallEnsemble::default().write(models.path());
    models
}

fn error_of(models: &Path) -> BundlesError {
    read(&models.join(NAME)).err().unwrap()
}

#[test]
fn an_ensemble_is_read_with_the_members_beside_it() {
    let models = written();
    let released = read(&models.path().join(NAME)).unwrap();
    assert_eq!(released.model.id().name, NAME);
    assert_eq!(released.languages, ["en"]);
    assert_eq!(released.model.predict(&["the flight was late"]).unwrap().len(), 1);
    let members = ["small", "small-doubtful"].map(|name| read(&models.path().join(name)).unwrap());
    assert!(released.bytes > members.iter().map(|member| member.bytes).sum());
}

#[test]
fn an_ensemble_reads_beside_a_model_of_another_language() {
    let models = written();
    let french = models.path().join("small-fr");
    SmallBundle::french().write(&french);
    let models = read_all(&models.path().join(NAME), &[french]).unwrap();
    assert_eq!(models.languages(), ["en", "fr"]);
}

#[test]
fn a_member_that_is_not_there_is_named_with_its_place() {
    let models = written();
    let place = models.path().join("small-doubtful");
    fs::remove_dir_all(&place).unwrap();
    let error = error_of(models.path());
    assert!(matches!(error, BundlesError::NoMember { .. }), "{error:?}");
    assert!(error.to_string().contains(&place.display().to_string()), "{error}");
}

#[test]
fn a_member_of_another_version_is_told_with_both_versions() {
    let models = written();
    let other = SmallBundle { seed: 7.0, ..SmallBundle::default() };
    other.write(&models.path().join("small"));
    let found = read(&models.path().join("small")).unwrap().model.id().to_string();
    let wanted = &SmallEnsemble::default().config().members[0].version;
    let error = error_of(models.path()).to_string();
    assert!(error.contains(&found) && error.contains(&format!("small@{wanted}")), "{error}");
}

#[test]
fn a_damaged_member_is_told_with_its_file() {
    let models = written();
    let path = models.path().join("small/model.safetensors");
    let mut content = fs::read(&path).unwrap();
    *content.last_mut().unwrap() ^= 1;
    fs::write(&path, &content).unwrap();
    let error = error_of(models.path()).to_string();
    assert!(error.contains("member small") && error.contains("model.safetensors"), "{error}");
}

/// The files of all three bundles as a server has them that has the ensemble under `small`, where
/// no member can be.
fn served() -> BundleFiles {
    let mut ensemble = SmallEnsemble::default();
    ensemble.members[0].0.name = "first".to_owned();
    let mut files = ensemble.bundle().own_files();
    for (member, _) in &ensemble.members {
        let beside = |(name, content)| (format!("../{}/{name}", member.name), content);
        files.extend(member.files().into_iter().map(beside));
    }
    files
}

#[tokio::test]
async fn the_members_are_fetched_from_beside_the_ensemble() {
    let server = FileServer::new(served(), Manners::Private);
    let here = tempfile::tempdir().unwrap();
    let mut url = server.url.clone();
    url.set_username("me").unwrap();
    url.set_password(Some("secret")).unwrap();
    url.set_query(Some("signature=secret"));
    let folder = here.path().join("models/together");
    download(&url, &folder).await.unwrap();
    assert_eq!(read(&folder).unwrap().model.id().name, NAME);
    for member in ["first", "small-doubtful"] {
        assert!(here.path().join("models").join(member).join("manifest.json").exists());
    }
}

/// `--model-url` alone fetches into the default folder, which may be called like a member.
#[tokio::test]
async fn an_ensemble_never_takes_the_folder_of_its_own_member() {
    let (there, here) = (written(), written());
    let url = Url::from_directory_path(there.path().join(NAME)).unwrap();
    let folder = here.path().join("small-doubtful");
    let error = download(&url, &folder).await.unwrap_err().to_string();
    assert!(error.contains("a folder of another name"), "{error}");
    assert_eq!(read(&folder).unwrap().model.id().name, "small-doubtful");
}

#[tokio::test]
async fn an_ensemble_comes_from_another_folder_and_only_once() {
    let (there, here) = (written(), tempfile::tempdir().unwrap());
    let url = Url::from_directory_path(there.path().join(NAME)).unwrap();
    let folder = here.path().join(NAME);
    download(&url, &folder).await.unwrap();
    let version = read(&folder).unwrap().model.id().version.clone();
    // What is whole stays when its source is gone.
    drop(there);
    let down: Url = "http://127.0.0.1:9/models/small-ensemble/".parse().unwrap();
    download(&down, &folder).await.unwrap();
    assert_eq!(read(&folder).unwrap().model.id().version, version);
}

#[tokio::test]
async fn a_member_that_the_source_lacks_is_told_with_its_address() {
    let there = written();
    fs::remove_dir_all(there.path().join("small-doubtful")).unwrap();
    let here = tempfile::tempdir().unwrap();
    let url = Url::from_directory_path(there.path().join(NAME)).unwrap();
    let error = download(&url, &here.path().join(NAME)).await.unwrap_err();
    assert!(matches!(error, BundlesError::NotThere { .. }), "{error:?}");
    assert!(error.to_string().contains("/small-doubtful"), "{error}");
}
