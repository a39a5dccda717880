//! The members of an ensemble: bundles of their own, which lie beside its bundle.
//!
//! Their weights are not copied into the ensemble. Whoever reads its files reads theirs too and
//! gives them under the names of [`add_member`]; `config.json` pins the version of each.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use serde::Deserialize;

use super::{Bundle, BundleError, BundleFiles, CONFIG, manifest::check_name};

/// What a member's files begin with, before its name.
const FOLDER: &str = "members/";

/// The part of `config.json` that only an ensemble has.
#[derive(Deserialize)]
struct Naming {
    #[serde(default)]
    members: Vec<Named>,
}

#[derive(Deserialize)]
struct Named {
    name: String,
}

/// The names of the members of the bundle that `files` are of; none if it is no ensemble.
///
/// # Errors
/// If one is no plain file name, and might lead elsewhere. A `config.json` that is missing or
/// damaged names none: [`Bundle::verify`] says what is wrong with it.
pub fn member_names(files: &BundleFiles) -> Result<Vec<String>, BundleError> {
    let config = files.get(CONFIG).map(Vec::as_slice).unwrap_or_default();
    let Ok(Naming { members }) = serde_json::from_slice(config) else { return Ok(Vec::new()) };
    let name = |Named { name }: Named| check_name(&name).map(|()| name);
    members.into_iter().map(name).collect()
}

/// Where the member called `member` lies: beside the folder `ensemble`, under its own name.
///
/// # Errors
/// If that is the folder of the ensemble.
pub fn member_folder(ensemble: &Path, member: &str) -> Result<PathBuf, BundleError> {
    match ensemble.file_name() {
        Some(name) if name == member => Err(BundleError::MemberIsItself(member.to_owned())),
        Some(_) => Ok(ensemble.with_file_name(member)),
        None => Ok(ensemble.join("..").join(member)),
    }
}

/// Puts the files of the member called `member` among those of its ensemble.
pub fn add_member(files: &mut BundleFiles, member: &str, its: BundleFiles) {
    files.extend(
        its.into_iter().map(|(name, content)| (format!("{FOLDER}{member}/{name}"), content)),
    );
}

/// Takes the members' files out of `files` and verifies each member by its own manifest.
pub(super) fn take(files: &mut BundleFiles) -> Result<BTreeMap<String, Bundle>, BundleError> {
    let mut by_member: BTreeMap<String, BundleFiles> = BTreeMap::new();
    for path in files.keys().filter(|name| name.starts_with(FOLDER)).cloned().collect::<Vec<_>>() {
        let named = path.strip_prefix(FOLDER).and_then(|rest| rest.split_once('/'));
        if let (Some((member, name)), Some(content)) = (named, files.remove(&path)) {
            by_member.entry(member.to_owned()).or_default().insert(name.to_owned(), content);
        }
    }
    let verified = |(name, files): (String, BundleFiles)| match Bundle::verify(files) {
        Ok(bundle) => Ok((name, bundle)),
        Err(source) => Err(BundleError::of_member(&name, source)),
    };
    by_member.into_iter().map(verified).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(text: &str) -> BundleFiles {
        BundleFiles::from([(CONFIG.to_owned(), text.into())])
    }

    #[test]
    fn only_an_ensemble_names_members() {
        let names = |text| member_names(&config(text)).unwrap();
        let ensemble = r#"{"members": [{"name": "a", "weight": 0.5}, {"name": "b"}]}"#;
        assert_eq!(names(ensemble), ["a", "b"]);
        assert!(names(r#"{"family": "bilstm"}"#).is_empty());
        assert!(names("damaged").is_empty());
    }

    #[test]
    fn a_member_that_would_lie_elsewhere_is_refused() {
        for name in ["../evil", "/etc", "..", ""] {
            let error = member_names(&config(&format!(r#"{{"members": [{{"name": "{name}"}}]}}"#)));
            assert!(matches!(error, Err(BundleError::BadName(_))), "{name}");
        }
    }

    #[test]
    fn a_member_lies_beside_its_ensemble_however_that_is_written() {
        let folder = |path| member_folder(Path::new(path), "bilstm").unwrap();
        assert_eq!(folder("models/ensemble/"), Path::new("models/bilstm"));
        assert_eq!(folder("ensemble"), Path::new("bilstm"));
        assert_eq!(folder("."), Path::new("./../bilstm"));
    }

    #[test]
    fn no_member_lies_in_the_folder_of_its_ensemble() {
        let error = member_folder(Path::new("models/bilstm/"), "bilstm").unwrap_err();
        assert!(matches!(error, BundleError::MemberIsItself(_)), "{error:?}");
    }
}
