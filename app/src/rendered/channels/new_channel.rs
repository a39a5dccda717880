//! The form of a new channel.

use domain::{ChannelKind, Severity, Tongue, Watch};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{api::MakeChannel, say};
use crate::{erase::Erase, preferences::Language, reader};

/// The form.
#[component]
pub fn NewChannel(
    /// By name.
    watches: Vec<Watch>,
    /// How many incidents of the last thirty days were at least so bad.
    at_least: [(Severity, u64); 4],
) -> AnyView {
    let say = say();
    let kinds =
        ChannelKind::ALL.map(|kind| (kind.as_str().to_owned(), (say.kind)(kind).to_owned()));
    let severities = Severity::ALL
        .map(|severity| (severity.as_str().to_owned(), (say.severity)(severity).to_owned()));
    let watches = watches.into_iter().map(|watch| (watch.id.to_string(), watch.name.to_string()));
    let watches = std::iter::once((String::new(), say.all_watches.to_owned())).chain(watches);
    let languages = [(Tongue::English, "en"), (Tongue::French, "fr")]
        .map(|(tongue, tag)| (tag.to_owned(), (say.language)(tongue).to_owned()));
    let own = match reader::preferences().language {
        Language::English => "en",
        Language::French => "fr",
    };
    view! {
        <form class="make-channel" method="post" action=MakeChannel::url()>
            <label>
                <span>{say.name}</span>
                <input name="name" required autocomplete="off" />
            </label>
            <Choice name="kind" label=say.kind_label options=kinds.into() chosen="webhook" />
            <label class="wide">
                <span>{say.address}</span>
                <input name="address" required autocomplete="off" aria-describedby="address-hint" />
            </label>
            <p id="address-hint" class="quiet wide">
                {say.address_hint}
            </p>
            <label class="wide">
                <span>{say.secret}</span>
                <input name="secret" type="password" autocomplete="off" aria-describedby="secret-hint" />
            </label>
            <p id="secret-hint" class="quiet wide">
                {say.secret_hint}
            </p>
            <Choice name="watch" label=say.watch options=watches.collect() chosen="" />
            <Choice name="least_severity" label=say.least_severity options=severities.into() chosen="moderate" />
            <Choice name="language" label=say.language_label options=languages.into() chosen=own />
            <p class="quiet wide at-least">{(say.at_least)(&at_least)}</p>
            <button class="button primary" type="submit" data-do="make">
                {say.make}
            </button>
        </form>
    }
    .erase()
}

/// One of some.
#[component]
fn Choice(
    /// The field's name.
    name: &'static str,
    /// What it is.
    label: &'static str,
    /// Values with what they are called.
    options: Vec<(String, String)>,
    /// The value that is chosen at first.
    chosen: &'static str,
) -> AnyView {
    let option = |(value, called): (String, String)| {
        let selected = value == chosen;
        view! {
            <option value=value selected=selected>
                {called}
            </option>
        }
    };
    view! {
        <label>
            <span>{label}</span>
            <select name=name>{options.into_iter().map(option).collect_view()}</select>
        </label>
    }
    .erase()
}
