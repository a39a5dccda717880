//! Two small bundles that judge together.

#![expect(clippy::unwrap_used, reason = "a failed step is a failed test")]

use bundle_fixture::{SmallBundle, SmallEnsemble};
use domain::{Label, Prediction, Reason};
use sentiment::{Bundle, BundleError, Model, load, models::Calibration, release};

/// Texts of which all words are known and whose language cannot be told.
const KNOWN: [&str; 4] =
    ["the flight was late !", "thanks !", "not good", "good flight thanks thanks !"];
const OTHERS: [&str; 4] = ["", "le vol est encore en retard, c’est la honte", "xyz 😡", "late xyz"];

fn loaded(ensemble: &SmallEnsemble) -> Box<dyn Model> {
    load(ensemble.bundle().to_files()).unwrap()
}

fn said(bundle: &SmallBundle) -> Vec<Prediction> {
    load(bundle.files()).unwrap().predict(&KNOWN).unwrap()
}

fn error(bundle: &Bundle) -> BundleError {
    load(bundle.to_files()).err().unwrap()
}

#[test]
fn the_verdict_is_the_pool_worked_out_by_hand() {
    let (one, other) = (SmallBundle::default(), SmallBundle::doubtful());
    let together = loaded(&SmallEnsemble::default()).predict(&KNOWN).unwrap();
    for ((one, other), together) in said(&one).iter().zip(&said(&other)).zip(&together) {
        assert_eq!((one.known, other.known), (1.0, 1.0));
        let pooled = Label::ALL.map(|label| {
            let (one, other) = (one.probabilities.of(label), other.probabilities.of(label));
            f64::from(one).powf(0.25 / 0.8) * f64::from(other).powf(0.75 / 0.8)
        });
        let sum: f64 = pooled.iter().sum();
        for (label, pooled) in Label::ALL.into_iter().zip(pooled) {
            let found = f64::from(together.probabilities.of(label));
            assert!((found - pooled / sum).abs() < 1e-5, "{label}: {found}, not {}", pooled / sum);
        }
        assert!(together.sure, "the ensemble has a bound of its own");
    }
}

#[test]
fn reasons_are_those_of_the_member_that_knows_them() {
    let doubtful = load(SmallBundle::doubtful().files()).unwrap();
    let expected = doubtful.reasons(&KNOWN).unwrap().unwrap();
    let ensemble = loaded(&SmallEnsemble::default());
    for (found, expected) in ensemble.reasons(&KNOWN).unwrap().unwrap().iter().zip(&expected) {
        for reason in Reason::ALL {
            let place = reason as usize;
            assert!((found[place] - expected[place]).abs() < 1e-6, "{reason}");
        }
    }
    let members = vec![(SmallBundle::default(), 0.5), (SmallBundle::french(), 0.5)];
    let without = loaded(&SmallEnsemble { members, ..SmallEnsemble::default() });
    assert_eq!(without.reasons(&KNOWN).unwrap(), None);
}

#[test]
fn a_text_gets_alone_what_it_gets_among_others() {
    let ensemble = loaded(&SmallEnsemble::default());
    let texts = [KNOWN, OTHERS].concat();
    for (text, among) in texts.iter().zip(ensemble.predict(&texts).unwrap()) {
        let alone = ensemble.predict(&[text]).unwrap().remove(0);
        for label in Label::ALL {
            let (alone, among) = (alone.probabilities.of(label), among.probabilities.of(label));
            assert!((alone - among).abs() < 1e-5, "“{text}”, {label}: {alone} and {among}");
        }
        assert_eq!((alone.known, alone.language), (among.known, among.language));
    }
}

#[test]
fn a_foreign_text_is_told_and_lowers_the_confidence() {
    let ensemble = loaded(&SmallEnsemble::default());
    let said = ensemble.predict(&OTHERS[1..2]).unwrap().remove(0);
    assert_eq!(said.language.as_deref(), Some("fr"));
    // None of its words is known: a tenth of the trust, and of that half.
    assert!(said.known < 0.5 && said.confidence < 0.4, "{said:?}");
}

#[test]
fn its_own_bound_says_from_where_on_it_is_sure() {
    let calibration = Calibration { sure_from: 1.0, ..Calibration::default() };
    let ensemble = loaded(&SmallEnsemble { calibration, ..SmallEnsemble::default() });
    assert!(ensemble.predict(&KNOWN).unwrap().iter().all(|said| !said.sure));
}

#[test]
fn its_size_is_that_of_all_members_and_its_version_follows_from_theirs() {
    let released = release(SmallEnsemble::default().bundle().to_files()).unwrap();
    let members: u64 = [SmallBundle::default(), SmallBundle::doubtful()]
        .iter()
        .map(|bundle| release(bundle.files()).unwrap().bytes)
        .sum();
    let own = released.bytes - members;
    assert!(own > 0 && own < 10_000, "{own}");
    assert_eq!(released.languages, ["en"]);

    let mut other = SmallEnsemble::default();
    other.members[0].0.seed = 7.0;
    assert_ne!(loaded(&other).id().version, released.model.id().version);
}

#[test]
fn a_missing_member_is_named() {
    let bundle = Bundle::verify(SmallEnsemble::default().bundle().own_files()).unwrap();
    let error = error(&bundle);
    assert!(matches!(&error, BundleError::MissingMember(name) if name == "small"), "{error}");
}

#[test]
fn a_member_of_another_version_is_refused_with_both_versions() {
    let mut other = SmallBundle::doubtful();
    other.seed = 7.0;
    let other = Bundle::verify(other.files()).unwrap();
    let small = Bundle::verify(SmallBundle::default().files()).unwrap();
    let ensemble = SmallEnsemble::default();
    let error = error(&ensemble.bundle().with_members([small, other.clone()]));
    assert!(matches!(error, BundleError::OtherMember { .. }), "{error:?}");
    let wanted = &ensemble.config().members[1].version;
    for version in [wanted.as_str(), other.version()] {
        assert!(error.to_string().contains(&format!("small-doubtful@{version}")), "{error}");
    }
}

#[test]
fn a_damaged_member_is_named_with_its_file() {
    let mut files = SmallEnsemble::default().bundle().to_files();
    *files.get_mut("members/small/model.safetensors").unwrap().last_mut().unwrap() ^= 1;
    let error = load(files).err().unwrap().to_string();
    assert!(error.contains("member small") && error.contains("model.safetensors"), "{error}");
}

#[test]
fn members_that_know_different_labels_are_refused() {
    let mut two = SmallBundle::doubtful();
    two.config.network.outputs.labels.pop();
    let members = vec![(SmallBundle::default(), 0.5), (two, 0.5)];
    let error = error(&SmallEnsemble { members, ..SmallEnsemble::default() }.bundle());
    assert!(error.to_string().contains("different labels"), "{error}");
}

#[test]
fn an_ensemble_is_no_member() {
    let inner = SmallEnsemble::default().bundle();
    let outer = SmallEnsemble { name: "outer".to_owned(), ..SmallEnsemble::default() };
    let mut files = outer.bundle().own_files();
    let config = String::from_utf8(files["config.json"].clone()).unwrap();
    let first = &outer.config().members[0];
    let nested = config
        .replace(&format!("\"{}\"", first.name), &format!("\"{}\"", inner.name()))
        .replace(&first.version, inner.version());
    files.remove("manifest.json");
    files.insert("config.json".to_owned(), nested.into_bytes());
    let doubtful = Bundle::verify(SmallBundle::doubtful().files()).unwrap();
    let error = error(&Bundle::create("outer", files).unwrap().with_members([inner, doubtful]));
    assert!(error.to_string().contains("cannot be a member of another"), "{error}");
}

#[cfg(target_arch = "wasm32")]
#[test]
fn a_member_that_runs_on_the_server_alone_is_told_in_the_browser() {
    let mut encoder = SmallBundle::default();
    encoder.config.family = "bert".to_owned();
    let members = vec![(encoder, 0.5), (SmallBundle::doubtful(), 0.5)];
    let error = error(&SmallEnsemble { members, ..SmallEnsemble::default() }.bundle()).to_string();
    assert!(error.contains("member small") && error.contains("on the server alone"), "{error}");
}
