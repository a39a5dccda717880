//! `/api/v1/audit-log`: who changed what.

#![expect(unused_qualifications, reason = "utoipa writes the whole path of what `params` names")]

use axum::{
    Json,
    extract::{Query, State, rejection::QueryRejection},
};
use domain::{AuditEntry, AuditId, Via};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{problem::Problem, state::AppState};

/// The most entries of an answer.
const MOST: u32 = 1_000;

/// A change that somebody made or tried to make. It names things by their ids and holds no text.
#[derive(Serialize, ToSchema)]
#[schema(as = AuditEntry)]
pub struct AuditEntryBody {
    id: AuditId,
    /// RFC 3339, in UTC.
    #[schema(format = DateTime)]
    at: String,
    /// The name of the account; `local` on a machine without accounts, `nobody` without a login.
    actor: String,
    via: Via,
    /// Method and route, or what was done at the command line.
    #[schema(example = "POST /api/v1/watches")]
    action: String,
    /// The path with its ids, or a name.
    subject: String,
    /// The HTTP status of the answer: less than 400 if it was done.
    status: u16,
    /// The `x-request-id` of the answer.
    request_id: String,
}

impl From<AuditEntry> for AuditEntryBody {
    fn from(entry: AuditEntry) -> Self {
        Self {
            id: entry.id,
            at: entry.at.to_string(),
            actor: entry.actor,
            via: entry.via,
            action: entry.action,
            subject: entry.subject,
            status: entry.status,
            request_id: entry.request_id,
        }
    }
}

/// Which entries.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AuditQuery {
    /// Entries before this one.
    before: Option<AuditId>,
    /// How many at most.
    #[param(minimum = 1, maximum = 1000, default = 100)]
    limit: Option<u32>,
}

/// Read the log of changes, newest first
#[utoipa::path(get, path = "/api/v1/audit-log", tag = "access", params(AuditQuery), responses(
    (status = 200, body = Vec<AuditEntryBody>),
    (status = 400, response = Problem),
    (status = 503, response = Problem),
))]
pub async fn list(
    State(state): State<AppState>,
    query: Result<Query<AuditQuery>, QueryRejection>,
) -> Result<Json<Vec<AuditEntryBody>>, Problem> {
    let Query(AuditQuery { before, limit }) =
        query.map_err(|rejection| Problem::query(&rejection))?;
    let limit = limit.unwrap_or(100);
    if !(1..=MOST).contains(&limit) {
        return Err(Problem::unreadable(format!("Ask for 1 to {MOST} entries with “limit”.")));
    }
    let entries = state.engine.access().changes(before, limit).await?;
    Ok(Json(entries.into_iter().map(Into::into).collect()))
}
