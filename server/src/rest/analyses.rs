//! `/api/v1/analyses`: analyse a text, read analyses back.

#![expect(unused_qualifications, reason = "utoipa writes the whole path of what `params` names")]

use axum::{
    extract::{Query, State, rejection::QueryRejection},
    http::{StatusCode, header},
    response::IntoResponse,
};
use domain::{Analysis, AnalysisId, Complaint, Label, PageRequest, Probabilities, Tweet};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{body::Json, identifier::Named};
use crate::{problem::Problem, state::AppState};

/// An analysis as clients see it.
#[derive(Serialize, ToSchema)]
#[schema(as = Analysis)]
pub struct AnalysisBody {
    id: AnalysisId,
    /// The text as it was given; null once its retention time is over.
    #[schema(required)]
    text: Option<String>,
    label: Label,
    /// The calibrated probability of the label, 0 to 1.
    confidence: f32,
    probabilities: Probabilities,
    /// Whether the confidence reaches what the model's release asks of it; if not, have a person look.
    sure: bool,
    /// What a negative text complains of, where the model knows reasons and one of them fits.
    #[schema(required)]
    complaint: Option<Complaint>,
    /// Share of the text's words that the model knows, 0 to 1.
    known: f32,
    /// Name of the model.
    model: String,
    /// Version of the model: the first 12 hexadecimal digits of the SHA-256 of its manifest.
    model_version: String,
    /// ISO 639-1 code of the text's language where it could be told.
    #[schema(required)]
    language: Option<String>,
    /// RFC 3339, in UTC, to the microsecond.
    #[schema(format = DateTime)]
    created_at: String,
    /// From text to probabilities, in microseconds; of a text that was read before, until its verdict was found.
    duration_us: u64,
    /// The correction in force.
    #[schema(required)]
    feedback: Option<FeedbackBody>,
}

/// What a person says of a verdict.
#[derive(Serialize, ToSchema)]
#[schema(as = Feedback)]
pub struct FeedbackBody {
    label: Label,
    /// RFC 3339, in UTC, to the microsecond.
    #[schema(format = DateTime)]
    at: String,
    reviewer: String,
}

impl From<Analysis> for AnalysisBody {
    fn from(analysis: Analysis) -> Self {
        let prediction = analysis.prediction;
        Self {
            id: analysis.id,
            text: analysis.text,
            label: prediction.label,
            confidence: prediction.confidence,
            probabilities: prediction.probabilities,
            sure: prediction.sure,
            complaint: prediction.complaint,
            known: prediction.known,
            model: analysis.model.name,
            model_version: analysis.model.version,
            language: prediction.language,
            created_at: analysis.created_at.to_string(),
            duration_us: analysis.duration_us,
            feedback: analysis.feedback.map(|feedback| FeedbackBody {
                label: feedback.label,
                at: feedback.at.to_string(),
                reviewer: feedback.reviewer.into(),
            }),
        }
    }
}

/// A text to analyse.
#[derive(Deserialize, ToSchema)]
pub struct NewAnalysis {
    /// 1 to 500 Unicode characters, not blank.
    #[schema(min_length = 1, max_length = 500, example = "not good: two hours late, again")]
    text: String,
}

/// A part of the list of analyses.
#[derive(Serialize, ToSchema)]
pub struct AnalysisPage {
    /// Newest first.
    items: Vec<AnalysisBody>,
    /// Pass it as `before` for the next page; null at the end.
    #[schema(required)]
    next: Option<AnalysisId>,
}

/// What to list.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ListQuery {
    /// How many at most.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<u32>,
    /// Only what is older than this analysis.
    before: Option<AnalysisId>,
}

/// Analyse a text
///
/// The verdict is stored, and the answer is what was stored.
#[utoipa::path(post, path = "/api/v1/analyses", tag = "analyses", request_body = NewAnalysis, responses(
    (status = 201, body = AnalysisBody, headers(("location" = String, description = "Where the analysis can be read"))),
    (status = 400, response = Problem),
    (status = 413, response = Problem),
    (status = 415, response = Problem),
    (status = 422, response = Problem),
    (status = 429, response = Problem),
    (status = 503, response = Problem),
))]
pub async fn create(
    State(state): State<AppState>,
    Json(body): Json<NewAnalysis>,
) -> Result<impl IntoResponse, Problem> {
    let tweet = Tweet::parse(&body.text).map_err(|error| Problem::text(&error))?;
    let analysis = state.engine.analyse(tweet).await?;
    let location = format!("/api/v1/analyses/{}", analysis.id);
    let body = axum::Json(AnalysisBody::from(analysis));
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], body))
}

/// List analyses, newest first
#[utoipa::path(get, path = "/api/v1/analyses", tag = "analyses", params(ListQuery), responses(
    (status = 200, body = AnalysisPage),
    (status = 400, response = Problem),
    (status = 503, response = Problem),
))]
pub async fn list(
    State(state): State<AppState>,
    query: Result<Query<ListQuery>, QueryRejection>,
) -> Result<axum::Json<AnalysisPage>, Problem> {
    let Query(query) = query.map_err(|rejection| Problem::query(&rejection))?;
    let limit = query.limit.unwrap_or(ListQuery::DEFAULT_LIMIT);
    if !(1..=PageRequest::MAX_LIMIT).contains(&limit) {
        let most = PageRequest::MAX_LIMIT;
        return Err(Problem::unreadable(format!("Ask for 1 to {most} analyses with “limit”.")));
    }
    let page = PageRequest { before: query.before, ..PageRequest::newest(limit) };
    let page = state.engine.history(page).await?;
    let items = page.items.into_iter().map(Into::into).collect();
    Ok(axum::Json(AnalysisPage { items, next: page.next }))
}

impl ListQuery {
    const DEFAULT_LIMIT: u32 = 50;
}

/// Read one analysis
#[utoipa::path(get, path = "/api/v1/analyses/{id}", tag = "analyses",
    params(("id" = AnalysisId, Path, description = "The id of an analysis")), responses(
    (status = 200, body = AnalysisBody),
    (status = 404, response = Problem),
    (status = 503, response = Problem),
))]
pub async fn show(
    State(state): State<AppState>,
    Named(id): Named<AnalysisId>,
) -> Result<axum::Json<AnalysisBody>, Problem> {
    let analysis = state.engine.analysis(id).await?;
    found(id, analysis)
}

/// The answer about one analysis, or 404.
pub fn found(
    id: AnalysisId,
    analysis: Option<Analysis>,
) -> Result<axum::Json<AnalysisBody>, Problem> {
    let analysis = analysis.ok_or_else(|| Problem::no_analysis(&id.to_string()))?;
    Ok(axum::Json(analysis.into()))
}
