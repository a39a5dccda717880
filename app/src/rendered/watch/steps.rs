//! What one can do about an incident.

use domain::{IncidentId, IncidentState};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{api::ActOnIncident, lookout::Step, say};
use crate::erase::Erase;

/// The buttons that make sense in this state, and the fields for a note and a name.
#[component]
pub fn Steps(
    /// About which.
    incident: IncidentId,
    /// How far it has come.
    state: IncidentState,
) -> AnyView {
    let say = say();
    let steps: &[Step] = match state {
        IncidentState::New => &[Step::Acknowledge, Step::Snooze, Step::Resolve, Step::Dismiss],
        IncidentState::Acknowledged => &[Step::Snooze, Step::Resolve, Step::Dismiss],
        IncidentState::Snoozed | IncidentState::Resolved | IncidentState::Dismissed => {
            &[Step::Reopen]
        }
    };
    let button = |step: Step| {
        view! {
            <form method="post" action=ActOnIncident::url()>
                <input type="hidden" name="incident" value=incident.to_string() />
                <input type="hidden" name="step" value=step.name() />
                <button class="button" type="submit" data-do=step.name()>
                    {(say.step)(step)}
                </button>
            </form>
        }
    };
    view! {
        <div class="steps">{steps.iter().copied().map(button).collect_view()}</div>
        <details class="more-steps">
            <summary>{(say.step)(Step::Note)}</summary>
            <Field incident step=Step::Note label=say.note />
            <Field incident step=Step::Assign label=say.assignee />
        </details>
    }
    .erase()
}

/// A step that needs words.
#[component]
fn Field(
    /// About which.
    incident: IncidentId,
    /// What to do with the words.
    step: Step,
    /// What they are.
    label: &'static str,
) -> AnyView {
    view! {
        <form class="step-field" method="post" action=ActOnIncident::url()>
            <input type="hidden" name="incident" value=incident.to_string() />
            <input type="hidden" name="step" value=step.name() />
            <label>
                <span>{label}</span>
                <input name="words" required autocomplete="off" />
            </label>
            <button class="button" type="submit" data-do=step.name()>
                {(say().step)(step)}
            </button>
        </form>
    }
    .erase()
}
