//! `/api/v1/channels`: where people are told of incidents.

use axum::{
    Json as Body,
    extract::State,
    http::{StatusCode, header},
    response::IntoResponse,
};
use domain::{
    Channel, ChannelId, ChannelKind, ChannelName, Secret, Severity, Tongue, Trouble, WatchId,
};
use engine::ChannelWish;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    body::Json,
    identifier::{Nameable, Named},
};
use crate::{problem::Problem, state::AppState};

/// A channel as clients see it: without its secret, and of its address only what is none.
#[derive(Serialize, ToSchema)]
#[schema(as = Channel)]
pub struct ChannelBody {
    id: ChannelId,
    /// No two channels have the same.
    name: String,
    kind: ChannelKind,
    /// Of an address of the web the host alone.
    #[schema(example = "https://hooks.slack.com/…")]
    address: String,
    /// Incidents of these watches; of all that are not simulated if it is empty.
    watches: Vec<WatchId>,
    /// Incidents that are at least so bad.
    least_severity: Severity,
    /// The language of its messages.
    language: Tongue,
    /// RFC 3339, in UTC.
    #[schema(format = DateTime)]
    created_at: String,
}

impl From<Channel> for ChannelBody {
    fn from(channel: Channel) -> Self {
        Self {
            id: channel.id,
            name: channel.name.to_string(),
            kind: channel.kind,
            address: channel.address.shown(),
            watches: channel.watches,
            least_severity: channel.least_severity,
            language: channel.language,
            created_at: channel.created_at.to_string(),
        }
    }
}

/// A new channel, with what its messages are signed with.
#[derive(Serialize, ToSchema)]
pub struct NewChannelBody {
    #[serde(flatten)]
    channel: ChannelBody,
    /// Of a webhook: it is never shown again.
    #[schema(required)]
    secret: Option<String>,
}

/// Where to tell people of what.
#[derive(Deserialize, ToSchema)]
pub struct ChannelRequest {
    /// 1 to 60 characters.
    #[schema(min_length = 1, max_length = 60, example = "Social desk")]
    name: String,
    kind: ChannelKind,
    /// An http or https address, or one mail address; a change without it leaves it as it is.
    #[schema(example = "https://receiver.example/vigie")]
    address: Option<String>,
    /// What a webhook is signed with: 16 to 200 visible ASCII characters; after `whsec_` it is the base64 of the key. One is made
    /// if it is left out, and a change without it leaves it as it is.
    secret: Option<String>,
    /// Incidents of these watches; of all that are not simulated if it is left out or empty.
    #[serde(default)]
    watches: Vec<WatchId>,
    /// Incidents that are at least so bad; all if it is left out.
    least_severity: Option<Severity>,
    /// The language of its messages; English if it is left out.
    language: Option<Tongue>,
}

impl ChannelRequest {
    fn parse(self) -> Result<ChannelWish, Problem> {
        let secret = self.secret.as_deref().map(Secret::parse).transpose();
        Ok(ChannelWish {
            name: ChannelName::parse(&self.name).map_err(|error| Problem::value(&error))?,
            kind: self.kind,
            address: self.address,
            secret: secret.map_err(|error| Problem::value(&error))?,
            watches: self.watches,
            least_severity: self.least_severity.unwrap_or(Severity::Low),
            language: self.language.unwrap_or_default(),
        })
    }
}

/// List all channels, by name
#[utoipa::path(get, path = "/api/v1/channels", tag = "channels", responses(
    (status = 200, body = Vec<ChannelBody>),
    (status = 503, response = Problem),
))]
pub async fn list(State(state): State<AppState>) -> Result<Body<Vec<ChannelBody>>, Problem> {
    let channels = state.engine.channels().await?;
    Ok(Body(channels.into_iter().map(Into::into).collect()))
}

/// Tell people of incidents
///
/// A webhook gets JSON in the shape of Alertmanager's webhooks (version 4), signed as Standard Webhooks are: `webhook-id` is the same at
/// each attempt, and `webhook-signature` is `v1,` and the base64 of the HMAC-SHA256 of `id.timestamp.body`.
#[utoipa::path(post, path = "/api/v1/channels", tag = "channels", request_body = ChannelRequest, responses(
    (status = 201, body = NewChannelBody, headers(("location" = String, description = "Where the channel can be read"))),
    (status = 400, response = Problem),
    (status = 409, response = Problem),
    (status = 415, response = Problem),
    (status = 422, response = Problem),
    (status = 503, response = Problem),
))]
pub async fn create(
    State(state): State<AppState>,
    Json(body): Json<ChannelRequest>,
) -> Result<impl IntoResponse, Problem> {
    let channel = state.engine.make_channel(body.parse()?).await??;
    let location = format!("/api/v1/channels/{}", channel.id);
    let secret = channel.secret.as_ref().map(|secret| secret.reveal().to_owned());
    let made = NewChannelBody { channel: channel.into(), secret };
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], Body(made)))
}

/// Read one channel
#[utoipa::path(get, path = "/api/v1/channels/{id}", tag = "channels",
    params(("id" = ChannelId, Path, description = "The id of a channel")), responses(
    (status = 200, body = ChannelBody),
    (status = 404, response = Problem),
    (status = 503, response = Problem),
))]
pub async fn show(
    State(state): State<AppState>,
    Named(id): Named<ChannelId>,
) -> Result<Body<ChannelBody>, Problem> {
    let channel = state.engine.channel(id).await?;
    Ok(Body(channel.ok_or_else(|| ChannelId::unknown(&id.to_string()))?.into()))
}

/// Make another one of a channel
#[utoipa::path(put, path = "/api/v1/channels/{id}", tag = "channels", request_body = ChannelRequest,
    params(("id" = ChannelId, Path, description = "The id of a channel")), responses(
    (status = 200, body = ChannelBody),
    (status = 400, response = Problem),
    (status = 404, response = Problem),
    (status = 409, response = Problem),
    (status = 415, response = Problem),
    (status = 422, response = Problem),
    (status = 503, response = Problem),
))]
pub async fn change(
    State(state): State<AppState>,
    Named(id): Named<ChannelId>,
    Json(body): Json<ChannelRequest>,
) -> Result<Body<ChannelBody>, Problem> {
    let changed = state.engine.change_channel(id, body.parse()?).await?;
    let changed = changed.ok_or_else(|| ChannelId::unknown(&id.to_string()))?;
    Ok(Body(changed?.into()))
}

/// Remove a channel with what it was told and was to be told
#[utoipa::path(delete, path = "/api/v1/channels/{id}", tag = "channels",
    params(("id" = ChannelId, Path, description = "The id of a channel")), responses(
    (status = 204, description = "It is gone"),
    (status = 404, response = Problem),
    (status = 503, response = Problem),
))]
pub async fn remove(
    State(state): State<AppState>,
    Named(id): Named<ChannelId>,
) -> Result<StatusCode, Problem> {
    match state.engine.remove_channel(id).await? {
        true => Ok(StatusCode::NO_CONTENT),
        false => Err(ChannelId::unknown(&id.to_string())),
    }
}

/// What the receiver made of a test.
#[derive(Serialize, ToSchema)]
pub struct ChannelTest {
    /// Whether it took the message.
    delivered: bool,
    /// Why not.
    #[schema(required)]
    trouble: Option<Trouble>,
    /// The same in a sentence.
    #[schema(required)]
    detail: Option<String>,
}

/// Send a test message
///
/// It is sent while you wait, once, and says that the channel works.
#[utoipa::path(post, path = "/api/v1/channels/{id}/test", tag = "channels",
    params(("id" = ChannelId, Path, description = "The id of a channel")), responses(
    (status = 200, body = ChannelTest),
    (status = 404, response = Problem),
    (status = 503, response = Problem),
))]
pub async fn test(
    State(state): State<AppState>,
    Named(id): Named<ChannelId>,
) -> Result<Body<ChannelTest>, Problem> {
    let sent = state.engine.test_channel(id).await?;
    let sent = sent.ok_or_else(|| ChannelId::unknown(&id.to_string()))?;
    let detail = sent.trouble.as_ref().map(ToString::to_string);
    Ok(Body(ChannelTest { delivered: sent.trouble.is_none(), trouble: sent.trouble, detail }))
}
