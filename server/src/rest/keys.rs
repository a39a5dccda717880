//! `/api/v1/keys`: the keys of one's programs.

use axum::{Json as Body, extract::State, http::StatusCode};
use domain::{ApiKey, ApiKeyId, KeyName, Right};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    body::Json,
    identifier::{Nameable, Named},
};
use crate::{access::Asking, problem::Problem, state::AppState};

/// A key. What a program sends is known to that program alone.
#[derive(Serialize, ToSchema)]
#[schema(as = ApiKey)]
pub struct KeyBody {
    id: ApiKeyId,
    /// What it is for.
    name: String,
    /// What it may do at most.
    right: Right,
    /// RFC 3339, in UTC.
    #[schema(format = DateTime)]
    created_at: String,
    /// From when on it is of no more use.
    #[schema(required, format = DateTime)]
    expires_at: Option<String>,
    /// When it was last used, to the minute or so.
    #[schema(required, format = DateTime)]
    used_at: Option<String>,
}

impl From<ApiKey> for KeyBody {
    fn from(key: ApiKey) -> Self {
        let text = |at: Timestamp| at.to_string();
        Self {
            id: key.id,
            name: key.name.to_string(),
            right: key.right,
            created_at: text(key.created_at),
            expires_at: key.expires_at.map(text),
            used_at: key.used_at.map(text),
        }
    }
}

/// A new key, with what a program sends as `Authorization: Bearer …`.
#[derive(Serialize, ToSchema)]
pub struct NewKeyBody {
    #[serde(flatten)]
    key: KeyBody,
    /// It is never shown again.
    secret: String,
}

/// What a key is to be for.
#[derive(Deserialize, ToSchema)]
pub struct NewKeyRequest {
    /// 1 to 60 characters.
    #[schema(min_length = 1, max_length = 60, example = "nightly export")]
    name: String,
    /// What it may do at most; never more than its owner.
    right: Right,
    /// From when on it is of no more use, in RFC 3339; never if it is left out.
    #[schema(format = DateTime)]
    expires_at: Option<String>,
}

/// List one's keys, the oldest first
#[utoipa::path(get, path = "/api/v1/keys", tag = "access", responses(
    (status = 200, body = Vec<KeyBody>),
    (status = 403, response = Problem),
    (status = 503, response = Problem),
))]
pub async fn list(
    State(state): State<AppState>,
    asking: Asking,
) -> Result<Body<Vec<KeyBody>>, Problem> {
    let keys = state.engine.access().keys_of(asking.account()?).await?;
    Ok(Body(keys.into_iter().map(Into::into).collect()))
}

/// Make a key of one's own
#[utoipa::path(post, path = "/api/v1/keys", tag = "access", request_body = NewKeyRequest, responses(
    (status = 201, body = NewKeyBody),
    (status = 400, response = Problem),
    (status = 403, response = Problem),
    (status = 409, response = Problem),
    (status = 415, response = Problem),
    (status = 422, response = Problem),
    (status = 503, response = Problem),
))]
pub async fn create(
    State(state): State<AppState>,
    asking: Asking,
    Json(body): Json<NewKeyRequest>,
) -> Result<(StatusCode, Body<NewKeyBody>), Problem> {
    let account = asking.account()?;
    // A key that makes keys would be a way around its own right and end.
    asking.must_be_a_person()?;
    let name = KeyName::parse(&body.name).map_err(|error| Problem::value(&error))?;
    let expires_at = body.expires_at.as_deref().map(str::parse::<Timestamp>).transpose();
    let expires_at = expires_at.map_err(|error| Problem::value(&error))?;
    let made = state.engine.access().make_key(account, name, body.right, expires_at).await??;
    Ok((StatusCode::CREATED, Body(NewKeyBody { key: made.key.into(), secret: made.secret })))
}

/// Make a key of one's own useless
#[utoipa::path(delete, path = "/api/v1/keys/{id}", tag = "access",
    params(("id" = ApiKeyId, Path, description = "The id of a key")), responses(
    (status = 204, description = "It is of no more use"),
    (status = 403, response = Problem),
    (status = 404, response = Problem),
    (status = 503, response = Problem),
))]
pub async fn revoke(
    State(state): State<AppState>,
    asking: Asking,
    Named(id): Named<ApiKeyId>,
) -> Result<StatusCode, Problem> {
    asking.must_be_a_person()?;
    match state.engine.access().revoke_key(id, asking.account()?).await? {
        true => Ok(StatusCode::NO_CONTENT),
        false => Err(ApiKeyId::unknown(&id.to_string())),
    }
}
