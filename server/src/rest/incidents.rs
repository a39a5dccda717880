//! `/api/v1/incidents`: bad buzz, and what is done about it.

#![expect(unused_qualifications, reason = "utoipa writes the whole path of what `params` names")]

use axum::{
    Json as Body,
    extract::{Query, State, rejection::QueryRejection},
};
use domain::{
    Incident, IncidentAction, IncidentEntry, IncidentEntryId, IncidentFile, IncidentId,
    IncidentState, WatchId,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    body::Json,
    identifier::{Nameable, Named},
};
use crate::{access::Asking, problem::Problem, state::AppState};

/// An incident as clients see it.
#[derive(Serialize, ToSchema)]
#[schema(as = IncidentFile)]
pub struct IncidentBody {
    id: IncidentId,
    watch_id: WatchId,
    /// How far it has come.
    state: IncidentState,
    /// Whom it was given to.
    #[schema(required)]
    assignee: Option<String>,
    incident: Incident,
    /// What was done about it, the oldest first.
    entries: Vec<EntryBody>,
}

/// One thing that was done about an incident.
#[derive(Serialize, ToSchema)]
#[schema(as = IncidentEntry)]
pub struct EntryBody {
    id: IncidentEntryId,
    /// Who did it.
    by: String,
    /// RFC 3339, in UTC, to the microsecond.
    #[schema(format = DateTime)]
    at: String,
    action: IncidentAction,
}

impl From<IncidentFile> for IncidentBody {
    fn from(file: IncidentFile) -> Self {
        let entry = |entry: IncidentEntry| EntryBody {
            id: entry.id,
            by: entry.by.into(),
            at: entry.at.to_string(),
            action: entry.action,
        };
        Self {
            id: file.id,
            watch_id: file.watch_id,
            state: file.state(Timestamp::now()),
            assignee: file.assignee().map(ToString::to_string),
            incident: file.incident,
            entries: file.entries.into_iter().map(entry).collect(),
        }
    }
}

/// Which incidents to list.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ListQuery {
    /// Those of this watch alone.
    watch: Option<WatchId>,
    /// How many at most.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<u32>,
}

/// List incidents, newest first
#[utoipa::path(get, path = "/api/v1/incidents", tag = "incidents", params(ListQuery), responses(
    (status = 200, body = Vec<IncidentBody>),
    (status = 400, response = Problem),
    (status = 503, response = Problem),
))]
pub async fn list(
    State(state): State<AppState>,
    query: Result<Query<ListQuery>, QueryRejection>,
) -> Result<Body<Vec<IncidentBody>>, Problem> {
    let Query(query) = query.map_err(|rejection| Problem::query(&rejection))?;
    let limit = query.limit.unwrap_or(50);
    if !(1..=200).contains(&limit) {
        return Err(Problem::unreadable("Ask for 1 to 200 incidents with “limit”."));
    }
    let files = state.engine.incidents(query.watch, limit).await?;
    Ok(Body(files.into_iter().map(Into::into).collect()))
}

/// Read one incident
#[utoipa::path(get, path = "/api/v1/incidents/{id}", tag = "incidents",
    params(("id" = IncidentId, Path, description = "The id of an incident")), responses(
    (status = 200, body = IncidentBody),
    (status = 404, response = Problem),
    (status = 503, response = Problem),
))]
pub async fn show(
    State(state): State<AppState>,
    Named(id): Named<IncidentId>,
) -> Result<Body<IncidentBody>, Problem> {
    let file = state.engine.incident(id).await?;
    Ok(Body(file.ok_or_else(|| IncidentId::unknown(&id.to_string()))?.into()))
}

/// What somebody does about an incident.
#[derive(Deserialize, ToSchema)]
pub struct NewEntry {
    #[serde(flatten)]
    action: IncidentAction,
    /// Who does it: 1 to 100 characters; the one who sits at the machine if it is left out. With a login it is its account.
    reviewer: Option<String>,
}

/// Do something about an incident
#[utoipa::path(post, path = "/api/v1/incidents/{id}/entries", tag = "incidents", request_body = NewEntry,
    params(("id" = IncidentId, Path, description = "The id of an incident")), responses(
    (status = 200, body = IncidentBody),
    (status = 400, response = Problem),
    (status = 404, response = Problem),
    (status = 415, response = Problem),
    (status = 422, response = Problem),
    (status = 503, response = Problem),
))]
pub async fn act(
    State(state): State<AppState>,
    asking: Asking,
    Named(id): Named<IncidentId>,
    Json(body): Json<NewEntry>,
) -> Result<Body<IncidentBody>, Problem> {
    let by = asking.reviewer(body.reviewer.as_deref())?;
    let file = state.engine.act_on_incident(id, body.action, by).await?;
    Ok(Body(file.ok_or_else(|| IncidentId::unknown(&id.to_string()))?.into()))
}
