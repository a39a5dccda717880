//! Undo: takes back what was said of a verdict.

use domain::{Analysis, AnalysisId};
use leptos::prelude::*;

use crate::ApiError;

/// The analysis without this reader's feedback.
#[server(prefix = "/api/fn", endpoint = "withdraw_feedback")]
pub async fn withdraw_feedback(id: AnalysisId) -> Result<Analysis, ApiError> {
    use crate::{
        arrival::visitor,
        serving::{Form, engine, reply, told},
    };
    let undone = engine()?.withdraw_feedback(id, visitor().reviewer(None)).await;
    let answer = undone.map_err(told).and_then(|known| known.ok_or(ApiError::UnknownAnalysis));
    reply(answer, Form::About(id))
}
