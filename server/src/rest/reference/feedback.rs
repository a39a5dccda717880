//! `POST /feedback`: feedback by text, for clients that do not know ids.

use axum::{Extension, extract::State};
use domain::{AnalysisId, Label, Tweet, UnknownLabel};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::super::body::ReferenceJson;
use crate::{access::Asking, problem::Problem, request_id::RequestId, state::AppState};

/// What a person says of a verdict.
#[derive(Deserialize, ToSchema)]
pub struct FeedbackRequest {
    /// The text that was analysed.
    #[schema(min_length = 1, max_length = 500)]
    text: String,
    /// What the service said.
    #[schema(value_type = Label)]
    predicted_sentiment: String,
    /// What it should have said.
    #[schema(value_type = Label)]
    actual_sentiment: String,
    /// Whether the two are the same.
    is_correct: bool,
    /// Who says so; `local` if it is missing.
    user_id: Option<String>,
}

/// Where the feedback was put.
#[derive(Serialize, ToSchema)]
pub struct FeedbackResponse {
    #[schema(example = "success")]
    status: &'static str,
    message: &'static str,
    /// RFC 3339, in UTC.
    #[schema(format = DateTime)]
    timestamp: String,
    /// The `x-request-id` of this answer.
    request_id: String,
    /// The analysis that has the feedback now.
    analysis_id: AnalysisId,
}

/// Correct or confirm the verdict on a text
///
/// Goes to the newest analysis of exactly this text; without one, the text is analysed first.
#[utoipa::path(post, path = "/feedback", tag = "reference", request_body = FeedbackRequest, responses(
    (status = 200, body = FeedbackResponse),
    (status = 413, response = Problem),
    (status = 422, response = Problem),
    (status = 429, response = Problem),
    (status = 503, response = Problem),
))]
pub async fn give(
    State(state): State<AppState>,
    asking: Asking,
    Extension(request_id): Extension<RequestId>,
    ReferenceJson(body): ReferenceJson<FeedbackRequest>,
) -> Result<axum::Json<FeedbackResponse>, Problem> {
    let (tweet, label) = check(&body)?;
    let reviewer = asking.reviewer(body.user_id.as_deref())?;
    let analysis_id = match state.engine.newest_analysis_of(&tweet).await? {
        Some(analysis) => analysis.id,
        None => state.engine.analyse(tweet).await?.id,
    };
    let stored = state.engine.give_feedback(analysis_id, label, reviewer).await?;
    let at = stored.and_then(|analysis| analysis.feedback).map(|feedback| feedback.at);
    Ok(axum::Json(FeedbackResponse {
        status: "success",
        message: "The feedback is stored.",
        timestamp: at.unwrap_or_else(Timestamp::now).to_string(),
        request_id: request_id.as_str().to_owned(),
        analysis_id,
    }))
}

fn check(body: &FeedbackRequest) -> Result<(Tweet, Label), Problem> {
    let tweet = Tweet::parse(&body.text).map_err(|error| Problem::text(&error))?;
    let predicted = label(&body.predicted_sentiment)?;
    let actual = label(&body.actual_sentiment)?;
    if body.is_correct != (predicted == actual) {
        return Err(Problem::value(
            &"“is_correct” contradicts the two labels: it is true when they are equal and false when they differ",
        ));
    }
    Ok((tweet, actual))
}

fn label(word: &str) -> Result<Label, Problem> {
    word.to_lowercase().parse().map_err(|error: UnknownLabel| Problem::value(&error))
}
