//! Opens one analysis.

use domain::{Analysis, AnalysisId};
use leptos::prelude::*;

use crate::ApiError;

/// The analysis with this id.
#[server(prefix = "/api/fn", endpoint = "open_analysis")]
pub async fn open_analysis(id: AnalysisId) -> Result<Analysis, ApiError> {
    use crate::serving::{answer, engine, told};
    let known = engine()?.analysis(id).await.map_err(told);
    answer(known.and_then(|known| known.ok_or(ApiError::UnknownAnalysis)))
}
