//! Does something about an incident.

use domain::{IncidentFile, IncidentId};
use leptos::prelude::*;

use super::super::lookout::Step;
use crate::ApiError;

/// The file as it then is; `words` are those of a note, or whom it is given to.
#[server(prefix = "/api/fn", endpoint = "act_on_incident")]
pub async fn act_on_incident(
    incident: IncidentId,
    step: Step,
    words: Option<String>,
) -> Result<IncidentFile, ApiError> {
    let done = super::super::looking::act(incident, step, &words.unwrap_or_default()).await;
    super::super::looking::reply(done, |file| Some(file.watch_id))
}
