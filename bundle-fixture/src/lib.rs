//! A whole model bundle for tests, small and with seeded weights: what it says of a text means
//! nothing, but it says the same every time.
//!
//! What cannot be made is a broken test, so it panics.

mod ensemble;
mod weights;

use std::{fs, path::Path};

use domain::{Label, Reason};
use sentiment::{
    Bundle, BundleFiles, Card,
    bundle::{CARD, CONFIG, DataSource, Metric, VOCABULARY, WEIGHTS},
    models::{
        Calibration, Outputs,
        bilstm::{BiLstmConfig, Config, FAMILY},
    },
    preprocess::PreprocessConfig,
    vocabulary::Vocabulary,
};

pub use ensemble::SmallEnsemble;
pub use weights::Bits;

/// A small BiLSTM; change what a test is about, leave the rest.
#[derive(Clone, Debug)]
pub struct SmallBundle {
    /// The model's name.
    pub name: String,
    /// Line by line what its `vocab.txt` holds.
    pub words: Vec<String>,
    /// Its `config.json`; the shapes of the weights follow it.
    pub config: Config,
    /// Its `card.json`.
    pub card: Card,
    /// Bundles with other seeds have other weights.
    pub seed: f32,
    /// What the weights are kept in.
    pub bits: Bits,
}

/// The files of the bundle in `folder`, such as a released one.
#[must_use]
pub fn read(folder: &Path) -> BundleFiles {
    let entries = fs::read_dir(folder).expect("the bundle is there");
    let paths = entries.map(|entry| entry.expect("the folder can be read").path());
    let file = |path: std::path::PathBuf| {
        let name = path.file_name().expect("it has a name").to_string_lossy().into_owned();
        (name, fs::read(&path).expect("the file can be read"))
    };
    paths.map(file).collect()
}

impl Default for SmallBundle {
    /// English, all labels: ten words and a network of a few units.
    fn default() -> Self {
        let words =
            ["<pad>", "<unk>", "the", "flight", "was", "late", "thanks", "not", "good", "!"];
        let network = BiLstmConfig {
            embedding: 6,
            hidden: 4,
            dense: 5,
            outputs: Outputs::of_labels(Label::ALL.to_vec()),
        };
        Self {
            name: "small".to_owned(),
            words: words.map(str::to_owned).to_vec(),
            config: Config {
                family: FAMILY.to_owned(),
                preprocess: PreprocessConfig::default(),
                network,
                calibration: Calibration { temperature: 0.5, ..Calibration::default() },
                languages: vec!["en".to_owned()],
            },
            card: card(),
            seed: 0.0,
            bits: Bits::ThirtyTwo,
        }
    }
}

fn card() -> Card {
    let metric = Metric {
        name: "small test accuracy".to_owned(),
        value: 0.8125,
        low: 0.5702,
        high: 0.9343,
        n: 1_600,
    };
    let source =
        DataSource { file: "small.train.tsv.gz".to_owned(), sha256: "0".repeat(64), rows: 10 };
    Card {
        description: "A small model for tests.".to_owned(),
        created_at: "2026-01-31T23:30:00Z".to_owned(),
        command: "vigie-train export".to_owned(),
        data: vec![source],
        metrics: vec![metric],
        limits: vec!["It means nothing.".to_owned()],
        ..Card::default()
    }
}

impl SmallBundle {
    /// One that knows French instead, by its own words and weights.
    #[must_use]
    pub fn french() -> Self {
        let words =
            ["<pad>", "<unk>", "le", "vol", "est", "en", "retard", "merci", "pas", "bon", "!"];
        let mut french = Self {
            name: "small-fr".to_owned(),
            words: words.map(str::to_owned).to_vec(),
            seed: 100.0,
            ..Self::default()
        };
        french.config.languages = vec!["fr".to_owned()];
        french
    }

    /// One that knows the reasons of complaints and is never sure. Its labels stand the other way
    /// round, so that it finds complaints.
    #[must_use]
    pub fn doubtful() -> Self {
        let mut doubtful = Self { name: "small-doubtful".to_owned(), ..Self::default() };
        doubtful.config.network.outputs.labels.reverse();
        doubtful.config.network.outputs.reasons = Reason::ALL.to_vec();
        doubtful.config.calibration.sure_from = 1.0;
        doubtful
    }

    /// Its files without the manifest.
    ///
    /// # Panics
    /// If the words are no vocabulary.
    #[must_use]
    pub fn parts(&self) -> BundleFiles {
        let vocabulary =
            Vocabulary::from_words(self.words.clone()).expect("the words are a vocabulary");
        let weights = weights::seeded(&self.config.network, self.words.len(), self.seed, self.bits);
        BundleFiles::from([
            (WEIGHTS.to_owned(), weights),
            (CONFIG.to_owned(), serde_json::json!(self.config).to_string().into_bytes()),
            (VOCABULARY.to_owned(), vocabulary.to_bytes()),
            (CARD.to_owned(), serde_json::json!(self.card).to_string().into_bytes()),
        ])
    }

    /// Its files, the manifest too.
    ///
    /// # Panics
    /// If its name is none for a model, or the words are no vocabulary.
    #[must_use]
    pub fn files(&self) -> BundleFiles {
        Bundle::create(&self.name, self.parts()).expect("the name is one for a model").to_files()
    }

    /// Writes its files into `folder`, which is made if need be.
    ///
    /// # Panics
    /// If they cannot be made or written.
    pub fn write(&self, folder: &Path) {
        write(folder, &self.files());
    }
}

fn write(folder: &Path, files: &BundleFiles) {
    fs::create_dir_all(folder).expect("the folder can be made");
    for (name, content) in files {
        fs::write(folder.join(name), content).expect("the file can be written");
    }
}
