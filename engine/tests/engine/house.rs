//! An engine with everything that it needs.

use std::sync::{
    Arc, Mutex,
    mpsc::{Receiver, Sender, channel},
};

use bundle_fixture::SmallBundle;
use domain::{Label, ModelId, Prediction, Tweet};
use engine::{Engine, EngineConfig};
use sentiment::{ByLanguage, Card, Model, ModelError, Released, release};
use store::{ConnectOptions, Store, connect};
use tempfile::TempDir;

/// An engine on a store of its own.
pub struct House {
    pub engine: Engine,
    pub store: Arc<dyn Store>,
    pub folder: TempDir,
}

pub fn tweet(text: &str) -> Tweet {
    Tweet::parse(text).unwrap()
}

pub fn model() -> Released {
    release(SmallBundle::default().files()).unwrap()
}

impl House {
    pub async fn new() -> Self {
        Self::with(model(), EngineConfig::default()).await
    }

    pub async fn with(models: impl Into<ByLanguage>, config: EngineConfig) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("vigie.db").display());
        let store = connect(&url, &ConnectOptions::default()).await.unwrap();
        let engine = Engine::start(models, Arc::clone(&store), config).unwrap();
        Self { engine, store, folder }
    }
}

/// The real model, but it panics at one text, and begins no batch before it is let.
pub struct Gated {
    model: Box<dyn Model>,
    gate: Mutex<Option<Receiver<()>>>,
    begun: Sender<usize>,
}

/// The other side of a [`Gated`] model.
pub struct Gate {
    pub open: Sender<()>,
    /// The size of every batch, as it begins.
    pub begun: Receiver<usize>,
}

impl Gated {
    pub const PANIC: &str = "panic";

    pub fn closed() -> (Released, Gate) {
        let (open, gate) = channel();
        let (sender, begun) = channel();
        (Self::before(model(), Some(gate), sender), Gate { open, begun })
    }

    pub fn open() -> Released {
        let (begun, _) = channel();
        Self::before(model(), None, begun)
    }

    fn before(released: Released, gate: Option<Receiver<()>>, begun: Sender<usize>) -> Released {
        let gated = Self { model: released.model, gate: Mutex::new(gate), begun };
        Released { model: Box::new(gated), ..released }
    }
}

impl Model for Gated {
    fn id(&self) -> &ModelId {
        self.model.id()
    }

    fn labels(&self) -> &[Label] {
        self.model.labels()
    }

    fn card(&self) -> &Card {
        self.model.card()
    }

    fn predict(&self, texts: &[&str]) -> Result<Vec<Prediction>, ModelError> {
        // Nobody may be listening.
        self.begun.send(texts.len()).ok();
        if let Some(gate) = self.gate.lock().unwrap().as_ref() {
            // An error says that the gate was dropped, which opens it for good.
            gate.recv().ok();
        }
        assert!(!texts.contains(&Self::PANIC), "the text at which this model panics");
        self.model.predict(texts)
    }
}
