//! Models that are known to be right or wrong, examined and compared.

#![expect(clippy::unwrap_used, reason = "tests may unwrap, and so may what they share")]

use domain::{Label, ModelId, Prediction, Probabilities};
use sentiment::{
    Model,
    bundle::{Card, Metric},
    models::ModelError,
};
use trainer::behaviour::{Examinee, Gate, Group, Kind, Suite};

const NEGATION: &str = r#"
name = "negation"
language = "en"
cases = [
    { id = "bad", expect = "negative", text = "not good" },
    { id = "fine", expect = ["neutral", "positive"], text = "not bad" },
    { id = "plain", expect = "neutral", text = "it left" },
    { id = "stronger", not_less = "negative", text = "bad", changed = "so bad" },
    { id = "weaker", not_more = "positive", text = "good", changed = "rather good" },
]
"#;

const NAMES: &str = r#"
name = "noms"
language = "fr"
cases = [{ id = "villes", same = ["retard à Nice", "retard à Lyon", "retard à Lille"] }]
"#;

/// A model that answers by a table; what is not in it is neutral.
struct Told {
    id: ModelId,
    labels: Vec<Label>,
    card: Card,
    answers: Vec<(&'static str, [f32; 3])>,
}

impl Model for Told {
    fn id(&self) -> &ModelId {
        &self.id
    }

    fn labels(&self) -> &[Label] {
        &self.labels
    }

    fn card(&self) -> &Card {
        &self.card
    }

    fn predict(&self, texts: &[&str]) -> Result<Vec<Prediction>, ModelError> {
        let answer = |text: &&str| {
            let known = self.answers.iter().find(|(known, _)| known == text);
            let shares = known.map_or([0.1, 0.8, 0.1], |(_, shares)| *shares);
            Prediction::new(Probabilities::from(shares), 1.0, None)
        };
        Ok(texts.iter().map(answer).collect())
    }
}

const NEGATIVE: [f32; 3] = [0.8, 0.1, 0.1];
const POSITIVE: [f32; 3] = [0.1, 0.1, 0.8];

fn suite() -> Suite {
    Suite::parse(&[("en/negation.toml", NEGATION), ("fr/noms.toml", NAMES)]).unwrap()
}

/// Passes every case of [`suite`].
fn right() -> Told {
    Told {
        id: ModelId { name: "told".to_owned(), version: "1".to_owned() },
        labels: Label::ALL.to_vec(),
        card: Card::default(),
        answers: vec![
            ("not good", NEGATIVE),
            ("not bad", POSITIVE),
            ("bad", [0.6, 0.3, 0.1]),
            ("so bad", NEGATIVE),
            ("good", POSITIVE),
            ("rather good", [0.1, 0.3, 0.6]),
        ],
    }
}

fn with(mut model: Told, text: &'static str, shares: [f32; 3]) -> Told {
    model.answers.retain(|(known, _)| *known != text);
    model.answers.push((text, shares));
    model
}

fn examinee(model: Told, languages: &[&str]) -> Examinee {
    let languages = languages.iter().map(|&code| code.to_owned()).collect();
    Examinee { model: Box::new(model), languages }
}

fn failures(model: Told) -> Vec<String> {
    let examination = examinee(model, &["en", "fr"]).examine(&suite()).unwrap();
    examination.failures().map(|outcome| outcome.case.clone()).collect()
}

#[test]
fn each_kind_of_case_passes_and_fails() {
    assert!(failures(right()).is_empty());
    for (text, shares, failed) in [
        ("not good", POSITIVE, "bad"),
        ("not bad", NEGATIVE, "fine"),
        ("it left", NEGATIVE, "plain"),
        ("so bad", [0.5, 0.4, 0.1], "stronger"),
        ("rather good", [0.0, 0.1, 0.9], "weaker"),
        ("retard à Lille", NEGATIVE, "villes"),
    ] {
        assert_eq!(failures(with(right(), text, shares)), [failed]);
    }
}

#[test]
fn a_model_is_asked_in_its_languages_only() {
    let n = |languages: &[&str]| {
        let examination = examinee(right(), languages).examine(&suite()).unwrap();
        let n = |group| examination.score(group).map_or(0, |score| score.n);
        (n(Group::All), n(Group::Kind(Kind::Invariance)))
    };
    assert_eq!(
        (n(&["en"]), n(&["fr"]), n(&["en", "fr"]), n(&["de"])),
        ((5, 0), (1, 1), (6, 1), (0, 0))
    );
}

#[test]
fn a_model_without_neutral_is_not_asked_for_it() {
    let two = Told { labels: vec![Label::Negative, Label::Positive], ..right() };
    let examination = examinee(two, &["en"]).examine(&suite()).unwrap();
    assert!(examination.outcomes.iter().all(|outcome| outcome.case != "plain"));
    assert!(examination.outcomes.iter().any(|outcome| outcome.case == "fine"));
}

fn refusal(new: Told, old: Told) -> String {
    let (new, old) = (examinee(new, &["en", "fr"]), examinee(old, &["en", "fr"]));
    let gate = Gate::compare(&new, &old, &suite()).unwrap();
    gate.pass().map_or_else(|error| error.to_string(), |()| String::new())
}

#[test]
fn a_model_that_does_as_well_or_better_may_replace() {
    assert_eq!(refusal(right(), right()), "");
    assert_eq!(refusal(right(), with(right(), "not good", POSITIVE)), "");
}

#[test]
fn a_model_that_falls_in_a_capability_is_refused_by_its_name() {
    let refusal = refusal(with(right(), "not good", POSITIVE), right());
    assert!(refusal.starts_with("told@1 must not replace told@1:"), "{refusal}");
    let sentence = "behaviour negation pass rate falls by 20.0 points, from 1.0000 to 0.8000 (n 5): 15.0 are allowed";
    assert!(refusal.contains(sentence), "{refusal}");
    assert!(refusal.contains("behaviour pass rate falls by 16.7 points"), "{refusal}");
    assert!(!refusal.contains("invariance"), "{refusal}");
}

#[test]
fn a_model_that_gives_up_a_language_or_a_label_is_refused() {
    let old = examinee(right(), &["en", "fr"]);
    let labels = vec![Label::Negative, Label::Positive];
    let new = examinee(Told { labels, ..right() }, &["en"]);
    let error = Gate::compare(&new, &old, &suite()).unwrap().pass().unwrap_err().to_string();
    assert!(error.contains("no longer claims the language “fr”"), "{error}");
    assert!(error.contains("no longer knows the label “neutral”"), "{error}");
    assert!(!error.contains("falls"), "what both can be asked they do alike: {error}");
}

fn carded(figures: &[(&str, f64, u64)]) -> Told {
    let metric = |&(name, value, n): &(&str, f64, u64)| Metric {
        name: name.to_owned(),
        value,
        low: value - 0.02,
        high: value + 0.02,
        n,
    };
    let card = Card { metrics: figures.iter().map(metric).collect(), ..Card::default() };
    Told { card, ..right() }
}

#[test]
fn a_test_figure_may_fall_by_a_standard_error_and_no_more() {
    let old = || carded(&[("airline test accuracy", 0.80, 2000), ("airline test ECE", 0.03, 2000)]);
    let new = |accuracy, ece| {
        carded(&[("airline test accuracy", accuracy, 2000), ("airline test ECE", ece, 2000)])
    };
    assert_eq!(refusal(new(0.791, 0.039), old()), "");
    assert_eq!(refusal(new(0.90, 0.0), old()), "");
    let fallen = refusal(new(0.785, 0.03), old());
    assert!(
        fallen.contains("airline test accuracy falls by 1.5 points, from 0.8000 to 0.7850 (n 2000): 1.0 are allowed"),
        "{fallen}"
    );
    let risen = refusal(new(0.80, 0.045), old());
    assert!(risen.contains("airline test ECE rises by 1.5 points"), "{risen}");
}

#[test]
fn a_missing_test_figure_is_refused_and_another_test_is_not_compared() {
    let old =
        || carded(&[("airline test accuracy", 0.80, 2000), ("airline validation ECE", 0.1, 9)]);
    assert!(refusal(right(), old()).contains("its card has no airline test accuracy"));
    assert_eq!(refusal(carded(&[("airline test accuracy", 0.5, 1999)]), old()), "");
}
