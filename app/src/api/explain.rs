//! Explains a verdict.

use domain::{AnalysisId, Explanation};
use leptos::prelude::*;

use crate::ApiError;

/// What each word of the analysis' text adds to the verdict on it, by the model that reads it now.
#[server(prefix = "/api/fn", endpoint = "explain")]
pub async fn explain(id: AnalysisId) -> Result<Explanation, ApiError> {
    use crate::serving::{answer, engine, told};
    let explained = async {
        let engine = engine()?;
        let analysis = engine.analysis(id).await.map_err(told)?;
        let text = analysis.and_then(|analysis| analysis.text).ok_or(ApiError::UnknownAnalysis)?;
        engine.explain(domain::Tweet::parse(&text)?).await.map_err(told)
    };
    answer(explained.await)
}
