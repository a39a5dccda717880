//! `/api/v1/review/agreement` and `/export`: what comes of review.

#![expect(unused_qualifications, reason = "utoipa writes the whole path of what `params` names")]

use axum::{
    Json,
    extract::{Query, State, rejection::QueryRejection},
    http::header,
    response::IntoResponse,
};
use domain::{Agreement, TrainingRow};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::{problem::Problem, state::AppState};

/// How far reviewers agree
///
/// Of each two reviewers who have labelled the same texts Cohen's κ with its 95 % interval.
#[utoipa::path(get, path = "/api/v1/review/agreement", tag = "review", responses(
    (status = 200, body = Vec<Agreement>),
    (status = 503, response = Problem),
))]
pub async fn agreement(State(state): State<AppState>) -> Result<Json<Vec<Agreement>>, Problem> {
    Ok(Json(state.engine.agreements().await?))
}

/// How far they must agree.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ShareQuery {
    /// The least share of a text's reviewers who give its label, 0 to 1; 1 for what nobody disputes.
    #[param(minimum = 0, maximum = 1, default = 1)]
    share: Option<f64>,
}

/// Export what people labelled as a training set
///
/// A source for `vigie-train`: tab-separated, `label`, `text`, `reviewers` and `share`. Each text is one row, with the label that most of
/// its reviewers give; where two labels are given as often there is no row.
#[utoipa::path(get, path = "/api/v1/review/export", tag = "review", params(ShareQuery), responses(
    (status = 200, content_type = "text/tab-separated-values", body = String),
    (status = 400, response = Problem),
    (status = 503, response = Problem),
))]
pub async fn export(
    State(state): State<AppState>,
    query: Result<Query<ShareQuery>, QueryRejection>,
) -> Result<impl IntoResponse, Problem> {
    let Query(query) = query.map_err(|rejection| Problem::query(&rejection))?;
    let share = query.share.unwrap_or(1.0);
    if !(0.0..=1.0).contains(&share) {
        return Err(Problem::unreadable("“share” is from 0 to 1."));
    }
    let rows = state.engine.training_rows(share).await?;
    let lines = rows.iter().map(TrainingRow::line);
    let table: String = [TrainingRow::HEADER.to_owned()].into_iter().chain(lines).collect();
    let attachment = (header::CONTENT_DISPOSITION, "attachment; filename=\"review.tsv\"");
    let content_type = (header::CONTENT_TYPE, "text/tab-separated-values; charset=utf-8");
    Ok(([content_type, attachment], table))
}
