//! One incident: what it is about, how bad, and what one can do.

use domain::{Incident, IncidentFile};
use jiff::Timestamp;
use leptos::prelude::*;

use super::{
    board::reason_name,
    incident_file::{Entries, Evidence},
    say,
    steps::Steps,
};
use crate::{
    erase::Erase,
    messages::{Words, use_words},
    moment::Moment,
};

/// The card.
#[component]
pub fn IncidentCard(
    /// The incident and what was done.
    file: IncidentFile,
    /// The planned campaign in which it was detected.
    campaign: Option<String>,
    /// The service's clock.
    now: Timestamp,
) -> AnyView {
    let words = use_words();
    let say = say();
    let state = file.state(now);
    let assignee = file.assignee().map(|name| (say.assigned_to)(name.as_str()));
    let IncidentFile { id, incident, entries, .. } = file;
    let severity = severity_name(&incident);
    let campaign =
        campaign.map(|name| view! { <p class="campaign">{(say.in_campaign)(&name)}</p> });
    // What is at this address is printed alone.
    let place = format!("incident-{id}");
    view! {
        <li class="incident" id=place.clone() data-key=id.to_string() data-incident=id.to_string() data-state=state_name(state) data-severity=severity>
            <h3>
                <span class="severity" data-severity=severity>
                    {(say.severity)(incident.severity)}
                </span>
                " "
                <a href=format!("#{place}")>{cause(words, &incident)}</a>
            </h3>
            <p class="quiet">
                <span class="state">{(say.state)(state)}</span>
                {assignee.map(|assignee| format!(", {assignee}"))}
            </p>
            <p>{(say.extent)(incident.negatives, incident.expected, incident.ratio)}</p>
            {campaign}
            <Times incident=incident.clone() />
            <Steps incident=id state />
            <Evidence incident />
            <Entries entries />
        </li>
    }
    .erase()
}

/// When what happened.
#[component]
fn Times(
    /// The incident.
    incident: Incident,
) -> AnyView {
    let say = say();
    let ended = match incident.ended_at {
        Some(at) => view! { <Moment at /> }.erase(),
        None => say.goes_on.erase(),
    };
    view! {
        <dl class="times">
            <div>
                <dt>{say.began}</dt>
                <dd>
                    <Moment at=incident.started_at />
                </dd>
            </div>
            <div>
                <dt>{say.detected}</dt>
                <dd>
                    <Moment at=incident.detected_at />
                </dd>
            </div>
            <div>
                <dt>{say.peak}</dt>
                <dd>
                    <Moment at=incident.peak_at />
                </dd>
            </div>
            <div>
                <dt>{say.ended}</dt>
                <dd>{ended}</dd>
            </div>
        </dl>
    }
    .erase()
}

/// What it is about, in the reader's language.
pub fn cause(words: &Words, incident: &Incident) -> String {
    let named = reason_name(words, &incident.cause);
    if incident.cause == Incident::UNKNOWN_CAUSE {
        say().no_cause.to_owned()
    } else if named == incident.cause && incident.terms.contains(&incident.cause) {
        (say().word)(&named)
    } else {
        named
    }
}

/// The name in the markup.
pub const fn severity_name(incident: &Incident) -> &'static str {
    match incident.severity {
        domain::Severity::Low => "low",
        domain::Severity::Moderate => "moderate",
        domain::Severity::High => "high",
        domain::Severity::Critical => "critical",
    }
}

const fn state_name(state: domain::IncidentState) -> &'static str {
    match state {
        domain::IncidentState::New => "new",
        domain::IncidentState::Acknowledged => "acknowledged",
        domain::IncidentState::Snoozed => "snoozed",
        domain::IncidentState::Resolved => "resolved",
        domain::IncidentState::Dismissed => "dismissed",
    }
}
