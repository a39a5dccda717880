//! Several models, and which text goes to which.

#![expect(clippy::unwrap_used, reason = "a failed step is a failed test")]

use bundle_fixture::SmallBundle;
use domain::Label;
use sentiment::{ByLanguage, Model, Released, load, release};

const ENGLISH: &str = "you lost my bag again and nobody is helping, thanks";
const FRENCH: &str = "le vol est encore en retard, c’est la honte";
const GERMAN: &str = "ich habe meinen Koffer immer noch nicht";

fn released(bundle: &SmallBundle) -> Released {
    release(bundle.files()).unwrap()
}

fn both() -> ByLanguage {
    let french = released(&SmallBundle::french());
    ByLanguage::new(released(&SmallBundle::default()), vec![french]).unwrap()
}

/// Who read each text.
fn readers(models: &ByLanguage, texts: &[&str]) -> Vec<String> {
    let judged = models.predict(texts).unwrap();
    judged.into_iter().map(|judged| judged.model.name.clone()).collect()
}

#[test]
fn each_text_is_read_by_the_model_of_its_language() {
    assert_eq!(readers(&both(), &[ENGLISH, FRENCH]), ["small", "small-fr"]);
}

#[test]
fn what_no_model_knows_and_what_has_no_language_goes_to_the_default() {
    let texts = [GERMAN, "😡😡", "12:30 $5", "ok", "飛行機がまた遅れています"];
    assert_eq!(readers(&both(), &texts), ["small"; 5]);
    let models = both();
    let judged = models.predict(&texts).unwrap();
    let languages: Vec<_> =
        judged.iter().map(|judged| judged.prediction.language.as_deref()).collect();
    assert_eq!(languages, [Some("de"), None, None, None, Some("ja")]);
}

#[test]
fn the_default_is_the_first_whatever_it_knows() {
    let french = released(&SmallBundle::french());
    let models = ByLanguage::new(french, vec![released(&SmallBundle::default())]).unwrap();
    assert_eq!(readers(&models, &[ENGLISH, FRENCH, "😡"]), ["small", "small-fr", "small-fr"]);
}

#[test]
fn one_model_alone_reads_everything() {
    let only = ByLanguage::from(released(&SmallBundle::default()));
    assert_eq!(readers(&only, &[FRENCH, ENGLISH]), ["small", "small"]);
}

#[test]
fn a_mixed_batch_keeps_its_order_and_gives_what_each_model_gives_alone() {
    let (english, french) = (
        load(SmallBundle::default().files()).unwrap(),
        load(SmallBundle::french().files()).unwrap(),
    );
    let texts: Vec<&str> = [FRENCH, ENGLISH, "late", FRENCH, "?!", GERMAN].repeat(40);
    let models = both();
    let judged = models.predict(&texts).unwrap();
    assert_eq!(judged.len(), texts.len());
    for (text, judged) in texts.iter().zip(judged) {
        let model: &dyn Model = if *text == FRENCH { french.as_ref() } else { english.as_ref() };
        let alone = &model.predict(&[text]).unwrap()[0];
        assert_eq!(judged.model, model.id());
        for label in Label::ALL {
            let share = judged.prediction.probabilities.of(label);
            assert!((share - alone.probabilities.of(label)).abs() < 1e-5, "{text}");
        }
    }
}

#[test]
fn a_text_in_a_known_language_is_not_doubted_for_it() {
    let text = &["le vol est en retard pas bon"];
    let alone = load(SmallBundle::french().files()).unwrap().predict(text).unwrap();
    let mut foreign = SmallBundle::french();
    foreign.config.languages = vec!["en".to_owned()];
    let doubted = load(foreign.files()).unwrap().predict(text).unwrap();
    assert!(alone[0].confidence > doubted[0].confidence);
    assert_eq!(both().predict(text).unwrap()[0].prediction, alone[0]);
}

#[test]
fn a_model_that_would_never_be_asked_is_told() {
    let twin = SmallBundle { name: "twin".to_owned(), ..SmallBundle::default() };
    let refused =
        ByLanguage::new(released(&SmallBundle::default()), vec![released(&twin)]).err().unwrap();
    assert_eq!(refused.0.name, "twin");
    assert!(refused.to_string().contains("leave it out"), "{refused}");
}

#[test]
fn a_release_tells_its_languages_and_its_size() {
    let french = released(&SmallBundle::french());
    assert_eq!(french.languages, ["fr"]);
    let parts = SmallBundle::french().parts();
    assert_eq!(french.bytes, parts.values().map(|content| content.len() as u64).sum::<u64>());
}

#[test]
fn the_languages_of_all_are_told_once() {
    let mut french = SmallBundle::french();
    french.config.languages = vec!["en".to_owned(), "fr".to_owned()];
    let models =
        ByLanguage::new(released(&SmallBundle::default()), vec![released(&french)]).unwrap();
    assert_eq!(models.languages(), ["en", "fr"]);
}

#[test]
fn no_text_gives_no_verdict() {
    assert!(both().predict(&[]).unwrap().is_empty());
}
