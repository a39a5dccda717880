//! `/api/v1/accounts`: who may log in, and what they may do.

use axum::{
    Json as Body,
    extract::State,
    http::{StatusCode, header},
    response::IntoResponse,
};
use domain::{Account, AccountId, AccountName, Role};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{body::Json, identifier::Named};
use crate::{problem::Problem, state::AppState};

/// An account. Passwords and what is kept of them are shown to nobody.
#[derive(Serialize, ToSchema)]
#[schema(as = Account)]
pub struct AccountBody {
    id: AccountId,
    name: String,
    role: Role,
    /// Without a password nobody can log in.
    has_password: bool,
    /// RFC 3339, in UTC.
    #[schema(format = DateTime)]
    created_at: String,
}

impl From<Account> for AccountBody {
    fn from(account: Account) -> Self {
        Self {
            id: account.id,
            name: account.name.to_string(),
            role: account.role,
            has_password: account.has_password,
            created_at: account.created_at.to_string(),
        }
    }
}

/// A link with which an account's password is chosen, once, within three days.
#[derive(Serialize, ToSchema)]
pub struct InvitationBody {
    #[schema(example = "https://vigie.example/invitation?token=…")]
    link: String,
}

/// A new account, with the link for its owner.
#[derive(Serialize, ToSchema)]
pub struct NewAccountBody {
    #[serde(flatten)]
    account: AccountBody,
    /// With it the password is chosen, once, within three days.
    link: String,
}

/// Who is to have an account.
#[derive(Deserialize, ToSchema)]
pub struct NewAccountRequest {
    /// 1 to 60 letters without accents, digits and `. _ - + @`; capital letters are the same as small ones.
    #[schema(min_length = 1, max_length = 60, example = "ann")]
    name: String,
    role: Role,
}

/// What an account is to be.
#[derive(Deserialize, ToSchema)]
pub struct RoleRequest {
    role: Role,
}

/// List all accounts, by name
#[utoipa::path(get, path = "/api/v1/accounts", tag = "access", responses(
    (status = 200, body = Vec<AccountBody>),
    (status = 503, response = Problem),
))]
pub async fn list(State(state): State<AppState>) -> Result<Body<Vec<AccountBody>>, Problem> {
    let accounts = state.engine.access().accounts().await?;
    Ok(Body(accounts.into_iter().map(Into::into).collect()))
}

/// Make an account
///
/// The first one is an admin.
#[utoipa::path(post, path = "/api/v1/accounts", tag = "access", request_body = NewAccountRequest, responses(
    (status = 201, body = NewAccountBody, headers(("location" = String, description = "Where the account can be changed"))),
    (status = 400, response = Problem),
    (status = 409, response = Problem),
    (status = 415, response = Problem),
    (status = 422, response = Problem),
    (status = 503, response = Problem),
))]
pub async fn create(
    State(state): State<AppState>,
    Json(body): Json<NewAccountRequest>,
) -> Result<impl IntoResponse, Problem> {
    let name = AccountName::parse(&body.name).map_err(|error| Problem::value(&error))?;
    let made = state.engine.access().make_account(name, body.role).await??;
    let location = format!("/api/v1/accounts/{}", made.account.id);
    let link = link(&state, &made.token);
    let made = NewAccountBody { account: made.account.into(), link };
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], Body(made)))
}

/// Give an account another role
///
/// The last admin stays one.
#[utoipa::path(put, path = "/api/v1/accounts/{id}", tag = "access", request_body = RoleRequest,
    params(("id" = AccountId, Path, description = "The id of an account")), responses(
    (status = 204, description = "It has the role"),
    (status = 400, response = Problem),
    (status = 404, response = Problem),
    (status = 409, response = Problem),
    (status = 415, response = Problem),
    (status = 422, response = Problem),
    (status = 503, response = Problem),
))]
pub async fn change(
    State(state): State<AppState>,
    Named(id): Named<AccountId>,
    Json(body): Json<RoleRequest>,
) -> Result<StatusCode, Problem> {
    state.engine.access().change_role(id, body.role).await??;
    Ok(StatusCode::NO_CONTENT)
}

/// Remove an account with its sessions and keys
///
/// What it has said of texts stays. The last admin stays too.
#[utoipa::path(delete, path = "/api/v1/accounts/{id}", tag = "access",
    params(("id" = AccountId, Path, description = "The id of an account")), responses(
    (status = 204, description = "It is gone"),
    (status = 404, response = Problem),
    (status = 409, response = Problem),
    (status = 503, response = Problem),
))]
pub async fn remove(
    State(state): State<AppState>,
    Named(id): Named<AccountId>,
) -> Result<StatusCode, Problem> {
    state.engine.access().remove_account(id).await??;
    Ok(StatusCode::NO_CONTENT)
}

/// Make a new link with which the account's password is chosen
///
/// An earlier link is of no more use.
#[utoipa::path(post, path = "/api/v1/accounts/{id}/invitation", tag = "access",
    params(("id" = AccountId, Path, description = "The id of an account")), responses(
    (status = 201, body = InvitationBody),
    (status = 404, response = Problem),
    (status = 503, response = Problem),
))]
pub async fn invite(
    State(state): State<AppState>,
    Named(id): Named<AccountId>,
) -> Result<(StatusCode, Body<InvitationBody>), Problem> {
    let token = state.engine.access().invite(id).await??;
    Ok((StatusCode::CREATED, Body(InvitationBody { link: link(&state, &token) })))
}

fn link(state: &AppState, token: &str) -> String {
    crate::access::invitation(state.engine.public_url(), token)
}
