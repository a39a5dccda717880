//! `/api/v1/channels/{id}/deliveries`: what a channel was told and is to be told.

use axum::{Json as Body, extract::State};
use domain::{
    ChannelId, Delivery, DeliveryId, Event, Hold, IncidentId, Outcome, Severity, Trouble,
};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::identifier::{Nameable, Named};
use crate::{problem::Problem, state::AppState};

/// So many are told.
const NEWEST: u32 = 50;

/// A message to a channel.
#[derive(Serialize, ToSchema)]
#[schema(as = Delivery)]
pub struct DeliveryBody {
    /// A webhook has it as `webhook-id`.
    id: DeliveryId,
    /// What it is about; a test is about nothing.
    #[schema(required)]
    incident_id: Option<IncidentId>,
    event: Event,
    /// How bad the incident was then.
    severity: Severity,
    /// RFC 3339, in UTC.
    #[schema(format = DateTime)]
    created_at: String,
    /// Why it waited or waits. If the incident is over by then it is not sent.
    #[schema(required)]
    hold: Option<Hold>,
    /// Until when.
    #[schema(required, format = DateTime)]
    held_until: Option<String>,
    /// Attempts so far.
    attempts: u32,
    /// The first attempt that failed.
    #[schema(required, format = DateTime)]
    failing_since: Option<String>,
    /// Why the last attempt failed.
    #[schema(required)]
    trouble: Option<Trouble>,
    /// The same in a sentence.
    #[schema(required)]
    detail: Option<String>,
    /// When it is sent, or tried again; null once something has become of it.
    #[schema(required, format = DateTime)]
    next_attempt_at: Option<String>,
    /// What became of it; null while it is under way.
    #[schema(required)]
    outcome: Option<Outcome>,
    /// When.
    #[schema(required, format = DateTime)]
    settled_at: Option<String>,
}

impl From<Delivery> for DeliveryBody {
    fn from(delivery: Delivery) -> Self {
        let told = |at: Timestamp| at.to_string();
        Self {
            id: delivery.id,
            incident_id: delivery.incident_id,
            event: delivery.event,
            severity: delivery.severity,
            created_at: told(delivery.created_at),
            hold: delivery.held.map(|(hold, _)| hold),
            held_until: delivery.held.map(|(_, until)| told(until)),
            attempts: delivery.attempts,
            failing_since: delivery.failing_since.map(told),
            detail: delivery.trouble.as_ref().map(ToString::to_string),
            trouble: delivery.trouble,
            next_attempt_at: delivery.outcome.is_none().then(|| told(delivery.due_at)),
            outcome: delivery.outcome.map(|(outcome, _)| outcome),
            settled_at: delivery.outcome.map(|(_, at)| told(at)),
        }
    }
}

/// List the newest messages to a channel, newest first
#[utoipa::path(get, path = "/api/v1/channels/{id}/deliveries", tag = "channels",
    params(("id" = ChannelId, Path, description = "The id of a channel")), responses(
    (status = 200, body = Vec<DeliveryBody>),
    (status = 404, response = Problem),
    (status = 503, response = Problem),
))]
pub async fn list(
    State(state): State<AppState>,
    Named(id): Named<ChannelId>,
) -> Result<Body<Vec<DeliveryBody>>, Problem> {
    let channel = state.engine.channel(id).await?;
    channel.ok_or_else(|| ChannelId::unknown(&id.to_string()))?;
    let newest = state.engine.newest_deliveries(NEWEST).await?;
    let of_it = newest.into_iter().filter(|delivery| delivery.channel_id == id);
    Ok(Body(of_it.map(Into::into).collect()))
}
