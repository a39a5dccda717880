//! `/api/v1/explanations`: what each word of a text adds to its verdict.

use axum::extract::State;
use domain::{Explanation, Label, Share, Tweet};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::body::Json;
use crate::{problem::Problem, state::AppState};

/// A text whose verdict is to be explained.
#[derive(Deserialize, ToSchema)]
pub struct Question {
    /// 1 to 500 Unicode characters, not blank.
    #[schema(
        min_length = 1,
        max_length = 500,
        example = "lost my bag again, but the crew was kind"
    )]
    text: String,
}

/// An explanation as clients see it: the base and the words' contributions sum to the probability.
#[derive(Serialize, ToSchema)]
#[schema(as = Explanation)]
pub struct ExplanationBody {
    /// The label of the verdict.
    label: Label,
    /// Its probability, 0 to 1.
    probability: f32,
    /// What its probability would be without any word.
    base: f32,
    /// How far the least sure contribution may be off: its standard error, 0 where contributions are exact.
    error: f32,
    /// The words in the order of the text.
    words: Vec<Contribution>,
    /// Neighbouring words that speak alike, as one; the most telling first.
    phrases: Vec<Contribution>,
    /// Name of the model.
    model: String,
    /// Version of the model.
    model_version: String,
}

/// What a part of the text adds to the probability of the label.
#[derive(Serialize, ToSchema)]
pub struct Contribution {
    /// The part.
    text: String,
    /// Where it begins, in Unicode characters.
    start: u32,
    /// Where it ends.
    end: u32,
    /// From -1 to 1; below 0 it speaks against the label.
    contribution: f32,
}

impl ExplanationBody {
    fn of(text: &str, explanation: Explanation) -> Self {
        let told = |share: Share| Contribution {
            text: share.of(text).to_owned(),
            start: share.start,
            end: share.end,
            contribution: share.contribution,
        };
        Self {
            label: explanation.label,
            probability: explanation.probability,
            base: explanation.base,
            error: explanation.error,
            phrases: explanation.phrases().into_iter().map(told).collect(),
            words: explanation.words.into_iter().map(told).collect(),
            model: explanation.model.name,
            model_version: explanation.model.version,
        }
    }
}

/// Explain the verdict on a text
///
/// Shapley values of the words for the probability of the verdict's label. Nothing is stored.
#[utoipa::path(post, path = "/api/v1/explanations", tag = "analyses", request_body = Question, responses(
    (status = 200, body = ExplanationBody),
    (status = 400, response = Problem),
    (status = 413, response = Problem),
    (status = 415, response = Problem),
    (status = 422, response = Problem),
    (status = 429, response = Problem),
    (status = 503, response = Problem),
))]
pub async fn explain(
    State(state): State<AppState>,
    Json(body): Json<Question>,
) -> Result<axum::Json<ExplanationBody>, Problem> {
    let tweet = Tweet::parse(&body.text).map_err(|error| Problem::text(&error))?;
    let explanation = state.engine.explain(tweet).await?;
    Ok(axum::Json(ExplanationBody::of(&body.text, explanation)))
}
