//! One channel: what it is told, how that goes, and what one can do.

use domain::{Delivery, Outcome, Watch};
use jiff::Timestamp;
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    answers::{ToldChannel, name_of},
    api::{RemoveChannel, TestChannel},
    say,
};
use crate::{erase::Erase, moment::Moment};

/// The card.
#[component]
pub fn ChannelCard(
    /// The channel, and how it goes.
    told: ToldChannel,
    /// By name.
    watches: Vec<Watch>,
    /// The service's clock.
    now: Timestamp,
) -> AnyView {
    let say = say();
    let ToldChannel { channel, failing, waiting, test, messages } = told;
    let id = channel.id;
    let names: Vec<_> = channel.watches.iter().filter_map(|id| name_of(&watches, *id)).collect();
    let of = match channel.watches.is_empty() {
        true => say.all_watches.to_owned(),
        false if names.is_empty() => say.no_watch_left.to_owned(),
        false => names.join(", "),
    };
    let state = if failing.is_some() { "failing" } else { "ready" };
    let trouble = failing.map(|failing| view! { <Failing failing waiting now /> });
    let test = test.map(|test| view! { <Tested test /> });
    view! {
        <li class="channel" data-key=id.to_string() data-channel=id.to_string() data-state=state>
            <h3>{channel.name.to_string()}</h3>
            <p class="quiet">
                {(say.kind)(channel.kind)} " · " <code>{channel.address.shown()}</code>
            </p>
            <p>{(say.hears)(&of, channel.least_severity, channel.language)}</p>
            {trouble}
            {test}
            <div class="steps">
                <form method="post" action=TestChannel::url()>
                    <input type="hidden" name="channel" value=id.to_string() />
                    <button class="button" type="submit" data-do="test">
                        {say.test}
                    </button>
                </form>
            </div>
            <Messages messages />
            <details class="remove-channel">
                <summary>{say.remove}</summary>
                <p>{say.remove_hint}</p>
                <form method="post" action=RemoveChannel::url()>
                    <input type="hidden" name="channel" value=id.to_string() />
                    <button class="button" type="submit" data-do="remove">
                        {say.remove}
                    </button>
                </form>
            </details>
        </li>
    }
    .erase()
}

/// Since when it does not work, why, and what happens next.
#[component]
fn Failing(
    /// The message that has been failing for longest.
    failing: Delivery,
    /// How many messages fail.
    waiting: usize,
    /// The service's clock.
    now: Timestamp,
) -> AnyView {
    let say = say();
    let since = failing.failing_since.unwrap_or(failing.created_at);
    let why = failing.trouble.as_ref().map(say.receiver);
    view! {
        <p class="problem" role="status" data-failing=waiting.to_string()>
            {(say.not_delivered)(waiting)} " " <Moment at=since /> ". " {why} " " {say.next_try} " "
            <Moment at=failing.due_at.max(now) /> "."
        </p>
    }
    .erase()
}

/// What came of the newest test.
#[component]
fn Tested(
    /// The test.
    test: Delivery,
) -> AnyView {
    let say = say();
    let is_taken = matches!(test.outcome, Some((Outcome::Delivered, _)));
    let result = match &test.trouble {
        Some(trouble) => (say.receiver)(trouble),
        None => say.test_taken.to_owned(),
    };
    let class = if is_taken { "tested" } else { "tested problem" };
    view! {
        <p class=class role="status" data-taken=is_taken.to_string()>
            {say.tested} " " <Moment at=test.created_at /> ": " {result}
        </p>
    }
    .erase()
}

/// Messages about incidents.
#[component]
fn Messages(
    /// Newest first.
    messages: Vec<Delivery>,
) -> AnyView {
    let say = say();
    if messages.is_empty() {
        return view! { <p class="quiet">{say.no_messages}</p> }.erase();
    }
    let row = |message: Delivery| {
        let (state, at) = match message.outcome {
            Some((outcome, at)) => ((say.outcome)(outcome), at),
            None if message.failing_since.is_some() => (say.is_failing, message.due_at),
            None => match message.held {
                Some((hold, until)) => ((say.held)(hold), until),
                None => (say.under_way, message.due_at),
            },
        };
        view! {
            <li>
                <Moment at=message.created_at />
                <span>{(say.event)(message.event, message.severity)}</span>
                <span class="quiet">{state} " " <Moment at /></span>
            </li>
        }
    };
    view! {
        <details class="messages">
            <summary>{(say.messages)(messages.len())}</summary>
            <ol>{messages.into_iter().map(row).collect_view()}</ol>
        </details>
    }
    .erase()
}
