//! `POST /predict`: two classes for those who know two.

use axum::{Extension, extract::State};
use domain::{AnalysisId, Label, Tweet};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::super::body::ReferenceJson;
use crate::{problem::Problem, request_id::RequestId, state::AppState};

/// A text to analyse.
#[derive(Deserialize, ToSchema)]
pub struct PredictRequest {
    /// 1 to 500 Unicode characters, not blank.
    #[schema(min_length = 1, max_length = 500)]
    text: String,
    /// Accepted and not kept.
    #[serde(default, rename = "user_id")]
    _user_id: Option<String>,
}

/// A verdict in two classes.
#[derive(Serialize, ToSchema)]
pub struct PredictResponse {
    text: String,
    /// The more probable of negative and positive.
    sentiment: Label,
    /// The probability of `sentiment` when only negative and positive compete, 0.5 to 1.
    confidence: f32,
    /// The probability of positive when only negative and positive compete, 0 to 1.
    probability: f32,
    /// Name of the model.
    model: String,
    /// RFC 3339, in UTC.
    #[schema(format = DateTime)]
    timestamp: String,
    /// The `x-request-id` of this answer.
    request_id: String,
    /// The most probable of the three classes.
    label: Label,
    /// The analysis, as `/api/v1/analyses/{id}` knows it.
    id: AnalysisId,
}

/// Analyse a text, in two classes
#[utoipa::path(post, path = "/predict", tag = "reference", request_body = PredictRequest, responses(
    (status = 200, body = PredictResponse),
    (status = 413, response = Problem),
    (status = 422, response = Problem),
    (status = 429, response = Problem),
    (status = 503, response = Problem),
))]
pub async fn predict(
    State(state): State<AppState>,
    Extension(request_id): Extension<RequestId>,
    ReferenceJson(body): ReferenceJson<PredictRequest>,
) -> Result<axum::Json<PredictResponse>, Problem> {
    let tweet = Tweet::parse(&body.text).map_err(|error| Problem::text(&error))?;
    let analysis = state.engine.analyse(tweet).await?;
    let probability = analysis.prediction.probabilities.positive_of_two();
    let (sentiment, confidence) = if probability > 0.5 {
        (Label::Positive, probability)
    } else {
        (Label::Negative, 1.0 - probability)
    };
    Ok(axum::Json(PredictResponse {
        text: body.text,
        sentiment,
        confidence,
        probability,
        model: analysis.model.name,
        timestamp: analysis.created_at.to_string(),
        request_id: request_id.as_str().to_owned(),
        label: analysis.prediction.label,
        id: analysis.id,
    }))
}
