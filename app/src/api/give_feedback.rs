//! A thumb: says what a tweet really feels like.

use domain::{Analysis, AnalysisId, Label};
use leptos::prelude::*;

use crate::ApiError;

/// The analysis with `label` as its feedback; a thumb up gives the label of the verdict.
#[server(prefix = "/api/fn", endpoint = "give_feedback")]
pub async fn give_feedback(id: AnalysisId, label: Label) -> Result<Analysis, ApiError> {
    use crate::{
        arrival::visitor,
        serving::{Form, engine, reply, told},
    };
    let said = engine()?.give_feedback(id, label, visitor().reviewer(None)).await;
    let answer = said.map_err(told).and_then(|known| known.ok_or(ApiError::UnknownAnalysis));
    reply(answer, Form::About(id))
}
