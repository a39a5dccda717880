//! What was trained is what is served.

use std::fs;

use domain::Label;
use sentiment::{
    bundle::{BundleFiles, Card, VOCABULARY},
    models::Calibration,
    vocabulary::Vocabulary,
};
use trainer::{
    bilstm::{self, BiLstmLearner},
    bundle_folder,
    recipe::{Kind, Recipe},
    training::{Answer, Exam, Learner, Settings, Step, Target, calibration},
};

#[test]
fn the_bundle_gives_the_probabilities_of_the_trained_network() {
    let words = ["<pad>", "<unk>", "late", "again", "thanks", "great", "flight", "the"];
    let vocabulary = Vocabulary::from_words(words.map(str::to_owned).to_vec()).unwrap();
    let files = BundleFiles::from([(VOCABULARY.to_owned(), vocabulary.to_bytes())]);
    let recipe = Recipe::parse(include_str!("../recipes/bilstm.toml")).unwrap();
    let network = bilstm::Settings { hidden: 4, dense: 3, ..bilstm::Settings::default() };
    let vectors = (0..words.len() * 6).map(|k| (k as f32 * 78.233).sin()).collect();
    let mut learner = BiLstmLearner::new(&network, &Settings::default(), vectors, 6, 1).unwrap();
    let target = Target::new(Label::Negative, Kind::Human, 0.0, 1.0);
    learner.step(&[(&[2, 3, 7], target), (&[6], target)], Step { number: 0, rate: 0.05 }).unwrap();

    let weights = learner.weights().unwrap();
    let bundle_at = |temperature| {
        let calibration = Calibration { temperature, ..Calibration::default() };
        let card = Card::default();
        bilstm::bundle(&recipe, &network, &files, &weights, calibration, &card).unwrap()
    };
    let bundle = bundle_at(1.5);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("toy");
    bundle_folder::write(&path, &bundle).unwrap();
    let model = sentiment::load(bundle_folder::read(&path).unwrap()).unwrap();

    // Another bundle takes its place whole, and leaves nothing beside it.
    let cooler = bundle_at(2.0);
    bundle_folder::write(&path, &cooler).unwrap();
    let replaced = sentiment::load(bundle_folder::read(&path).unwrap()).unwrap();
    assert_eq!(replaced.id().version, cooler.version());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);

    // A folder with other things in it is never replaced.
    fs::write(path.join("notes.txt"), "mine").unwrap();
    let error = bundle_folder::write(&path, &bundle).unwrap_err();
    assert!(error.to_string().contains("notes.txt"), "{error}");
    assert_eq!(fs::read(path.join("notes.txt")).unwrap(), b"mine");

    let texts = ["the flight late again", "thanks great flight"];
    let exam = Exam {
        name: "toy".to_owned(),
        kind: Kind::Human,
        calibrates: true,
        ids: vec![vec![7, 6, 2, 3], vec![4, 5, 6]],
        answers: [Label::Negative, Label::Positive]
            .map(|label| Answer { label, cause: None })
            .to_vec(),
    };
    let logits = exam.logits(&learner).unwrap();
    for (prediction, logits) in model.predict(&texts).unwrap().iter().zip(&logits) {
        let &[negative, neutral, positive, ..] = logits;
        let expected = calibration::softmax(&[negative, neutral, positive], 1.5);
        for (label, expected) in Label::ALL.into_iter().zip(expected) {
            let served = prediction.probabilities.of(label);
            assert!(
                (served - expected).abs() < 2e-3,
                "{label}: trained {expected}, served {served}"
            );
        }
    }
}
