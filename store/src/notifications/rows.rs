//! Rows of either database, turned into what they mean.

use domain::{
    Address, Channel, ChannelId, ChannelName, Delivery, DeliveryId, Incident, IncidentAction,
    IncidentId, Secret, Severity, WatchId,
};
use jiff::Timestamp;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use uuid::Uuid;

use crate::{StoreError, streams::rows::time};

/// `id, name, kind, address, secret, watches, least_severity, language, created_at`
pub(super) type ChannelRow =
    (Uuid, String, String, String, Option<String>, String, String, String, i64);

pub(super) fn channel(row: ChannelRow) -> Result<Channel, StoreError> {
    let (id, name, kind, address, secret, watches, least_severity, language, at) = row;
    let watches: Vec<WatchId> = serde_json::from_str(&watches).map_err(StoreError::corrupt)?;
    Ok(Channel {
        id: ChannelId(id),
        name: ChannelName::parse(&name).map_err(StoreError::corrupt)?,
        kind: meaning(kind)?,
        address: Address(address),
        secret: secret.map(|s| Secret::parse(&s)).transpose().map_err(StoreError::corrupt)?,
        watches,
        least_severity: meaning(least_severity)?,
        language: meaning(language)?,
        created_at: time(at)?,
    })
}

/// `id, channel_id, incident_id, event, severity, created_at, hold, held_until, due_at, attempts, failing_since,
/// trouble, outcome, settled_at`
pub(super) type DeliveryRow = (
    Uuid,
    Uuid,
    Option<Uuid>,
    String,
    String,
    i64,
    Option<String>,
    Option<i64>,
    i64,
    i64,
    Option<i64>,
    Option<String>,
    Option<String>,
    Option<i64>,
);

pub(super) fn delivery(row: DeliveryRow) -> Result<Delivery, StoreError> {
    let (id, channel, incident, event, severity, created_at, hold, held_until, due_at, ..) = &row;
    let (.., attempts, failing_since, trouble, outcome, settled_at) = &row;
    Ok(Delivery {
        id: DeliveryId(*id),
        channel_id: ChannelId(*channel),
        incident_id: incident.map(IncidentId),
        event: meaning(event.clone())?,
        severity: meaning(severity.clone())?,
        created_at: time(*created_at)?,
        held: pair(hold, *held_until)?,
        due_at: time(*due_at)?,
        attempts: u32::try_from(*attempts).map_err(StoreError::corrupt)?,
        failing_since: failing_since.map(time).transpose()?,
        trouble: match trouble {
            Some(json) => Some(serde_json::from_str(json).map_err(StoreError::corrupt)?),
            None => None,
        },
        outcome: pair(outcome, *settled_at)?,
    })
}

fn pair<T: DeserializeOwned>(
    word: &Option<String>,
    at: Option<i64>,
) -> Result<Option<(T, Timestamp)>, StoreError> {
    match (word, at) {
        (Some(word), Some(at)) => Ok(Some((meaning(word.clone())?, time(at)?))),
        _ => Ok(None),
    }
}

/// `watch_id, incident`
pub(super) fn severity(
    (watch, incident): (Uuid, String),
) -> Result<(WatchId, Severity), StoreError> {
    let incident: Incident = serde_json::from_str(&incident).map_err(StoreError::corrupt)?;
    Ok((WatchId(watch), incident.severity))
}

/// `incident_id, action`
pub(super) fn action(
    (id, action): (Uuid, String),
) -> Result<(IncidentId, IncidentAction), StoreError> {
    Ok((IncidentId(id), serde_json::from_str(&action).map_err(StoreError::corrupt)?))
}

/// The word that serde has for a value.
pub(super) fn word<T: Serialize>(value: T) -> Result<String, StoreError> {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => Ok(word),
        other => Err(StoreError::corrupt(format!("{other:?} is no word"))),
    }
}

/// What serde says that a word means.
pub(super) fn meaning<T: DeserializeOwned>(word: String) -> Result<T, StoreError> {
    serde_json::from_value(Value::String(word)).map_err(StoreError::corrupt)
}
