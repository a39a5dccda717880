//! The cards of the engine's models, as the page takes them.

use engine::{Engine, Released};

use crate::model_sheet::{DataFile, Figure, ModelSheet};

/// One of each model, the default first.
pub fn sheets(engine: &Engine) -> Vec<ModelSheet> {
    engine.models().all().iter().map(sheet).collect()
}

fn sheet(released: &Released) -> ModelSheet {
    let Released { model, languages, bytes } = released;
    let card = model.card().clone();
    let data = card.data.into_iter().map(|source| DataFile {
        name: source.file,
        sha256: source.sha256,
        rows: source.rows,
    });
    let figures = card.metrics.into_iter().map(|metric| Figure {
        name: metric.name,
        value: metric.value,
        low: metric.low,
        high: metric.high,
        n: metric.n,
    });
    ModelSheet {
        id: model.id().clone(),
        description: card.description,
        languages: languages.clone(),
        labels: model.labels().to_vec(),
        bytes: *bytes,
        created_at: card.created_at,
        command: card.command,
        seed: card.seed,
        data: data.collect(),
        figures: figures.collect(),
        limits: card.limits,
    }
}
