//! When messages about a watch wait.

use domain::{Campaign, WatchId, WatchRules};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    api::{AddCampaign, KeepRules, RemoveCampaign},
    say,
};
use crate::{erase::Erase, moment::Moment};

/// The forms.
#[component]
pub fn RulesForm(
    /// Of which watch.
    watch: WatchId,
    /// As they are.
    rules: WatchRules,
) -> AnyView {
    let say = say();
    let WatchRules { threshold, cooldown_minutes, quiet_hours, campaigns } = rules;
    let threshold = threshold.map(|threshold| threshold.to_string()).unwrap_or_default();
    let zone = quiet_hours.as_ref().map_or(say.usual_zone.to_owned(), |quiet| quiet.zone.clone());
    let times = quiet_hours.map(|quiet| [quiet.from, quiet.until]);
    let times = times.map(|times| times.map(|time| time.strftime("%H:%M").to_string()));
    let [from, until] = times.unwrap_or_default();

    view! {
        <details class="rules">
            <summary>{say.rules}</summary>
            <p>{say.rules_hint}</p>
            <form class="keep-rules" method="post" action=KeepRules::url() aria-label=say.rules>
                <input type="hidden" name="watch" value=watch.to_string() />
                <Field label=say.own_threshold name="threshold" kind="number" value=threshold />
                <Field label=say.cooldown name="cooldown" kind="number" value=cooldown_minutes.to_string() />
                <Field label=say.quiet_from name="quiet_from" kind="time" value=from />
                <Field label=say.quiet_until name="quiet_until" kind="time" value=until />
                <Field label=say.zone name="zone" kind="text" value=zone.clone() />
                <button class="button" type="submit" data-do="keep-rules">
                    {say.keep_rules}
                </button>
            </form>
            <h3>{say.campaigns}</h3>
            <Campaigns watch campaigns />
            <form class="keep-rules" method="post" action=AddCampaign::url() aria-label=say.add_campaign>
                <input type="hidden" name="watch" value=watch.to_string() />
                <Field label=say.campaign_name name="name" kind="text" value=String::new() />
                <Field label=say.campaign_from name="from" kind="datetime-local" value=String::new() />
                <Field label=say.campaign_until name="until" kind="datetime-local" value=String::new() />
                <Field label=say.zone name="zone" kind="text" value=zone />
                <button class="button" type="submit" data-do="add-campaign">
                    {say.add_campaign}
                </button>
            </form>
        </details>
    }
    .erase()
}

/// A field with its name.
#[component]
fn Field(
    /// What it is.
    label: &'static str,
    /// Its name in the form.
    name: &'static str,
    /// What is written in it.
    kind: &'static str,
    /// What stands in it at first.
    value: String,
) -> AnyView {
    view! {
        <label>
            <span>{label}</span>
            <input name=name type=kind value=value autocomplete="off" />
        </label>
    }
    .erase()
}

/// The campaigns, the first one first.
#[component]
fn Campaigns(
    /// Of which watch.
    watch: WatchId,
    /// All of them.
    campaigns: Vec<Campaign>,
) -> AnyView {
    let say = say();
    if campaigns.is_empty() {
        return view! { <p class="quiet">{say.no_campaigns}</p> }.erase();
    }
    let row = |Campaign { name, from, until }: Campaign| {
        view! {
            <li>
                <span>{name.clone()}</span>
                <span class="quiet">
                    <Moment at=from /> " – " <Moment at=until />
                </span>
                <form method="post" action=RemoveCampaign::url()>
                    <input type="hidden" name="watch" value=watch.to_string() />
                    <input type="hidden" name="name" value=name.clone() />
                    <input type="hidden" name="from" value=from.to_string() />
                    <button class="link" type="submit" data-do="remove-campaign">
                        {(say.remove_campaign)(&name)}
                    </button>
                </form>
            </li>
        }
    };
    view! { <ul class="campaign-list">{campaigns.into_iter().map(row).collect_view()}</ul> }.erase()
}
