//! Each text is read by the model of its language.

use bundle_fixture::SmallBundle;

use super::{Desk, objects, table};

const ROWS: &str = "text\nthe flight was late and nobody is helping\nle vol est encore en retard, c’est la honte\nich habe meinen Koffer immer noch nicht\n12:30 😡\n";

fn bilingual() -> Desk {
    let desk = Desk::new();
    SmallBundle::french().write(&desk.path("models/autre"));
    desk.put("in.tsv", ROWS);
    desk
}

/// The confidences that `arguments` give to the rows.
fn confidences(desk: &Desk, arguments: &[&str]) -> Vec<String> {
    let printed = desk.predict(&[&["--input", "in.tsv"], arguments].concat());
    table(&printed).iter().map(|row| row[2].to_owned()).collect()
}

#[test]
fn the_language_of_each_text_is_told_and_not_of_one_without_letters() {
    let printed = bilingual().predict(&["--input", "in.tsv", "--format", "jsonl"]);
    let languages: Vec<_> = objects(&printed)
        .iter()
        .map(|row| row["vigie_language"].as_str().map(str::to_owned))
        .collect();
    assert_eq!(
        languages,
        ["en", "fr", "de"]
            .map(|code| Some(code.to_owned()))
            .into_iter()
            .chain([None])
            .collect::<Vec<_>>()
    );
}

#[test]
fn without_a_choice_the_released_models_share_the_languages() {
    let desk = bilingual();
    let both = confidences(&desk, &[]);
    let english = confidences(&desk, &["--model", "models/bilstm"]);
    let french = confidences(&desk, &["--model", "models/autre"]);
    assert_ne!(english[1], french[1], "the two models differ");
    assert_eq!(both, [&english[0], &french[1], &english[2], &english[3]].map(Clone::clone));
}

#[test]
fn several_models_are_named_one_by_one_or_with_commas() {
    let desk = bilingual();
    let both = confidences(&desk, &[]);
    let named = ["--model", "models/bilstm", "--model", "models/autre"];
    assert_eq!(confidences(&desk, &named), both);
    assert_eq!(confidences(&desk, &["--model", "models/bilstm,models/autre"]), both);
}

#[test]
fn a_model_that_would_never_be_asked_is_told() {
    let desk = bilingual();
    let told = desk.refuse(&["ok", "--model", "models/bilstm", "--model", "models/bilstm"]);
    assert!(told.contains("would never be asked"), "{told}");
}
