//! A bundle is fetched whole, resumed, checked, or the error says what to do.

use std::{fs, path::Path};

use bundle_fixture::SmallBundle;
use engine::bundles::{BundlesError, download, read};
use sentiment::BundleFiles;
use url::Url;

use crate::{
    file_server::{FileServer, Manners},
    write_bundle,
};

const WEIGHTS: &str = "model.safetensors";

fn assert_whole(folder: &Path) {
    let released = read(folder).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(released.model.id().name, "small");
    let left: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".part"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[tokio::test]
async fn a_bundle_comes_from_another_folder() {
    let (there, here) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    write_bundle(there.path());
    let url = Url::from_directory_path(there.path()).unwrap();
    let folder = here.path().join("models/small");
    download(&url, &folder).await.unwrap();
    assert_whole(&folder);
}

#[tokio::test]
async fn a_bundle_comes_from_a_web_server_and_only_once() {
    let server = FileServer::new(SmallBundle::default().files(), Manners::Good);
    let here = tempfile::tempdir().unwrap();
    download(&server.url, here.path()).await.unwrap();
    assert_whole(here.path());
    assert_eq!(server.asked()[0], "manifest.json");
    let before = server.asked().len();
    download(&server.url, here.path()).await.unwrap();
    assert_eq!(server.asked()[before..], ["manifest.json"]);
}

#[tokio::test]
async fn a_broken_transfer_goes_on_where_it_stopped() {
    let server = FileServer::new(SmallBundle::default().files(), Manners::BreakOffAt(1_000));
    let here = tempfile::tempdir().unwrap();
    let error = download(&server.url, here.path()).await.unwrap_err();
    assert!(matches!(error, BundlesError::Transfer { .. }), "{error:?}");
    assert!(error.to_string().contains("go on where it stopped"), "{error}");
    assert_eq!(fs::metadata(here.path().join("model.safetensors.part")).unwrap().len(), 1_000);
    assert!(read(here.path()).is_err(), "half a bundle must not be read");

    download(&server.url, here.path()).await.unwrap();
    assert_whole(here.path());
    assert!(server.asked().contains(&format!("{WEIGHTS} from 1000")), "{:?}", server.asked());
}

#[tokio::test]
async fn a_server_without_ranges_sends_the_whole_file_again() {
    let server = FileServer::new(SmallBundle::default().files(), Manners::NoRanges);
    let here = tempfile::tempdir().unwrap();
    let weights = &SmallBundle::default().files()[WEIGHTS];
    fs::write(here.path().join("model.safetensors.part"), &weights[..500]).unwrap();
    download(&server.url, here.path()).await.unwrap();
    assert_whole(here.path());
}

#[tokio::test]
async fn damage_in_what_arrived_earlier_is_found_and_cured() {
    for damaged in
        [vec![0; 500], vec![0; 1_000_000], vec![0; SmallBundle::default().files()[WEIGHTS].len()]]
    {
        let server = FileServer::new(SmallBundle::default().files(), Manners::Good);
        let here = tempfile::tempdir().unwrap();
        fs::write(here.path().join("model.safetensors.part"), &damaged).unwrap();
        download(&server.url, here.path()).await.unwrap();
        assert_whole(here.path());
    }
}

#[tokio::test]
async fn a_damaged_file_is_replaced_and_the_others_are_kept() {
    let server = FileServer::new(SmallBundle::default().files(), Manners::Good);
    let here = tempfile::tempdir().unwrap();
    write_bundle(here.path());
    fs::write(here.path().join("vocab.txt"), "damaged").unwrap();
    download(&server.url, here.path()).await.unwrap();
    assert_whole(here.path());
    assert_eq!(server.asked(), ["manifest.json", "vocab.txt"]);
}

#[tokio::test]
async fn a_source_that_is_damaged_is_never_kept() {
    let mut files = SmallBundle::default().files();
    *files.get_mut(WEIGHTS).unwrap().last_mut().unwrap() ^= 1;
    let server = FileServer::new(files, Manners::Good);
    let here = tempfile::tempdir().unwrap();
    let error = download(&server.url, here.path()).await.unwrap_err();
    assert!(matches!(error, BundlesError::BadSource { .. }), "{error:?}");
    assert!(error.to_string().contains(WEIGHTS), "{error}");
    assert!(!here.path().join(WEIGHTS).exists());
    assert!(!here.path().join("model.safetensors.part").exists());
}

/// A newer bundle of the same name, of which `config.json` and `vocab.txt` differ.
fn newer() -> BundleFiles {
    let mut newer = SmallBundle::default();
    newer.words[5] = "soon".to_owned();
    newer.config.calibration.temperature = 2.0;
    newer.files()
}

fn version_in(folder: &Path) -> String {
    read(folder).unwrap_or_else(|error| panic!("{error}")).model.id().version.clone()
}

#[tokio::test]
async fn an_upgrade_that_breaks_off_leaves_the_old_bundle_whole() {
    let here = tempfile::tempdir().unwrap();
    write_bundle(here.path());
    let old = version_in(here.path());
    let mut files = newer();
    let vocabulary = files.remove("vocab.txt").unwrap();
    let server = FileServer::new(files.clone(), Manners::Good);
    let error = download(&server.url, here.path()).await.unwrap_err();
    assert!(matches!(error, BundlesError::NotThere { .. }), "{error:?}");
    assert_eq!(version_in(here.path()), old);
    assert!(here.path().join("config.json.part").exists(), "what has arrived is kept");

    files.insert("vocab.txt".to_owned(), vocabulary);
    let server = FileServer::new(files, Manners::Good);
    download(&server.url, here.path()).await.unwrap();
    assert_whole(here.path());
    assert_ne!(version_in(here.path()), old);
    assert_eq!(server.asked(), ["manifest.json", "vocab.txt"]);
}

/// The folder as a crash leaves it while the newer bundle takes its names.
fn crashed_while_taking_names(folder: &Path) {
    write_bundle(folder);
    let newer = newer();
    fs::write(folder.join("config.json"), &newer["config.json"]).unwrap();
    for name in ["vocab.txt", "manifest.json"] {
        fs::write(folder.join(format!("{name}.part")), &newer[name]).unwrap();
    }
    assert!(read(folder).is_err(), "two bundles in one must not be read");
}

#[tokio::test]
async fn an_upgrade_that_crashed_is_finished_even_if_its_server_is_down() {
    let here = tempfile::tempdir().unwrap();
    crashed_while_taking_names(here.path());
    let down: Url = "http://127.0.0.1:9/models/small/".parse().unwrap();
    download(&down, here.path()).await.unwrap();
    assert_whole(here.path());
    let whole = tempfile::tempdir().unwrap();
    for (name, content) in newer() {
        fs::write(whole.path().join(name), content).unwrap();
    }
    assert_eq!(version_in(here.path()), version_in(whole.path()));
}

#[tokio::test]
async fn a_crashed_upgrade_whose_parts_were_damaged_is_fetched_anew() {
    for damaged in ["vocab.txt.part", "manifest.json.part"] {
        let here = tempfile::tempdir().unwrap();
        crashed_while_taking_names(here.path());
        fs::write(here.path().join(damaged), "damaged").unwrap();
        let server = FileServer::new(newer(), Manners::Good);
        download(&server.url, here.path()).await.unwrap();
        assert_whole(here.path());
    }
}

#[tokio::test]
async fn a_user_and_a_signature_go_with_every_request_and_are_never_shown() {
    let server = FileServer::new(SmallBundle::default().files(), Manners::Private);
    let here = tempfile::tempdir().unwrap();
    let mut url = server.url.clone();
    url.set_username("me").unwrap();
    for password in ["wrong-secret", "secret"] {
        url.set_password(Some(password)).unwrap();
        url.set_query(Some("signature=secret"));
        match download(&url, here.path()).await {
            Ok(()) => assert_eq!(password, "secret"),
            Err(error) => {
                assert_eq!(password, "wrong-secret");
                let said = format!("{error} {error:?}");
                assert!(!said.contains("secret"), "{said}");
                assert!(said.contains("127.0.0.1"), "{said}");
            }
        }
    }
    assert_whole(here.path());
}

#[tokio::test]
async fn what_is_not_there_is_named() {
    let mut files = SmallBundle::default().files();
    files.remove("vocab.txt");
    let server = FileServer::new(files, Manners::Good);
    let here = tempfile::tempdir().unwrap();
    let error = download(&server.url, here.path()).await.unwrap_err();
    assert!(matches!(error, BundlesError::NotThere { .. }), "{error:?}");
    assert!(error.to_string().contains("vocab.txt"), "{error}");
}

#[tokio::test]
async fn a_server_that_is_down_does_not_take_a_whole_bundle_away() {
    let here = tempfile::tempdir().unwrap();
    let url: Url = "http://127.0.0.1:9/models/small/".parse().unwrap();
    let error = download(&url, here.path()).await.unwrap_err();
    assert!(matches!(error, BundlesError::Transfer { .. }), "{error:?}");
    write_bundle(here.path());
    download(&url, here.path()).await.unwrap();
    assert_whole(here.path());
}

#[tokio::test]
async fn addresses_that_cannot_be_trusted_or_used_are_refused() {
    let here = tempfile::tempdir().unwrap();
    for url in ["http://example.org/models/small/", "ftp://me:secret@example.org/small/"] {
        let error = download(&url.parse().unwrap(), here.path()).await.unwrap_err();
        assert!(matches!(error, BundlesError::BadUrl { .. }), "{error:?}");
        assert!(!error.to_string().contains("secret"), "{error}");
        assert!(error.to_string().contains("https://"), "{error}");
    }
}
