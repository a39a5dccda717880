//! The released lessons, and how they become rows.

#![expect(clippy::unwrap_used, reason = "tests may unwrap, and so may what they share")]

use std::{
    collections::{HashMap, HashSet},
    fs,
    path::Path,
};

use domain::{Label, Tweet};
use trainer::{
    behaviour::Suite,
    data::{Course, Fingerprint, prepare},
    recipe::Recipe,
};

/// The languages of the courses, and how many chapters and rows each has at least.
const COURSES: [(&str, usize, usize); 2] = [("en", 18, 11_000), ("fr", 8, 3_500)];

fn courses() -> impl Iterator<Item = (&'static str, Course)> {
    COURSES.into_iter().map(|(language, _, _)| {
        (language, Course::released(&format!("lessons/{language}")).unwrap())
    })
}

#[test]
fn every_file_of_the_folders_is_compiled_in() {
    for (language, course) in courses() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("lessons").join(language);
        let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
        for file in files.map(|name| format!("{language}/{}", name.to_str().unwrap())) {
            let is_chapter = course.chapters.iter().any(|chapter| chapter.file == file);
            assert!(is_chapter || file.ends_with("/slots.toml"), "{file} is left out");
        }
    }
}

#[test]
fn the_lessons_are_many_and_broad() {
    for ((language, course), (_, chapters, rows)) in courses().zip(COURSES) {
        let has = (course.chapters.len(), course.rows(1).len());
        assert!(has.0 >= chapters && has.1 >= rows, "{language}: {has:?} chapters and rows");
    }
}

#[test]
fn every_slot_is_used() {
    for (language, course) in courses() {
        let mut used_of_all = HashSet::new();
        for chapter in &course.chapters {
            let used: HashSet<String> = chapter
                .templates()
                .flat_map(|(_, template)| template.holes())
                .map(str::to_owned)
                .collect();
            for slot in chapter.slots.keys() {
                assert!(used.contains(slot), "{}: nothing uses “{slot}”", chapter.file);
            }
            used_of_all.extend(used);
        }
        for slot in course.slots.keys() {
            assert!(used_of_all.contains(slot), "{language}: nothing uses “{slot}”");
        }
    }
}

#[test]
fn no_lesson_is_a_case_of_the_behaviour_suite() {
    let cases = Suite::released().unwrap().fingerprints();
    for (language, course) in courses() {
        for seed in 1..4 {
            for row in course.rows(seed) {
                let is_case = cases.contains(&Fingerprint::of(&row.text));
                assert!(!is_case, "{language}: a case is learnt from: {}", row.text);
            }
        }
    }
}

#[test]
fn no_text_is_taught_with_two_labels() {
    for (_, course) in courses() {
        let mut labels: HashMap<Fingerprint, Option<Label>> = HashMap::new();
        for seed in 1..4 {
            for row in course.rows(seed) {
                let before = *labels.entry(Fingerprint::of(&row.text)).or_insert(row.label);
                assert_eq!(before, row.label, "{}", row.text);
            }
        }
    }
}

#[test]
fn no_label_is_right_throughout_a_chapter() {
    for (_, course) in courses() {
        for chapter in &course.chapters {
            let rows = chapter.rows(1);
            for label in Label::ALL {
                let with = rows.iter().filter(|row| row.label == Some(label)).count();
                assert!(with * 10 < rows.len() * 9, "{} is mostly {label}", chapter.file);
            }
        }
    }
}

#[test]
fn lessons_are_tweets() {
    for (_, course) in courses() {
        for row in course.rows(1) {
            Tweet::parse(&row.text).unwrap();
            assert!(row.text.split(' ').count() <= 32, "too long: {}", row.text);
            let flaw = ["{", "}", "|", " ,", " .", ",,", " a a"]
                .iter()
                .find(|flaw| row.text.contains(**flaw));
            assert!(flaw.is_none(), "“{}” in {}", flaw.unwrap(), row.text);
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_rows() {
    for (_, course) in courses() {
        assert!(course.rows(7) == course.rows(7));
        assert!(course.rows(7) != course.rows(8));
    }
}

const RECIPE: &str = r#"
name = "toy"
description = "A toy."
languages = ["en"]
seed = 1

[preprocess]
brands = ["delta"]
brand_token = true
max_tokens = 64

[[source]]
name = "lessons"
file = "lessons/en"
format = "lessons"
kind = "human"
reasons = "column"
validation = 0.1

[[test]]
name = "people"
file = "people.test.tsv"
kind = "human"

[bilstm]
"#;

#[test]
fn lessons_are_prepared_with_any_data_folder() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("people.test.tsv"), "label\ttext\nneutral\twe left\n").unwrap();
    let recipe = Recipe::parse(RECIPE).unwrap();
    let prepared = prepare(&recipe, folder.path()).unwrap();
    prepared.check(&recipe).unwrap();

    let course = Course::released("lessons/en").unwrap();
    let rows = course.rows(recipe.seed);
    let report = &prepared.report.sources[0];
    assert_eq!((report.rows, &report.sha256), (rows.len() as u64, &course.sha256));
    let used = report.train + report.validation;
    assert_eq!(report.rows, used + report.duplicates + report.conflicts + report.in_tests);
    assert!(used * 100 > report.rows * 97, "many lessons are lost: {report:?}");
    assert!((5..15).contains(&(report.validation * 100 / used)), "{report:?}");
    assert!(prepared.train.iter().any(|example| example.cause.is_some()));

    let origins = |examples: &[trainer::data::Example]| -> HashSet<_> {
        examples.iter().map(|example| rows[example.row as usize].origin).collect()
    };
    assert!(origins(&prepared.train).is_disjoint(&origins(&prepared.validation)));
}
