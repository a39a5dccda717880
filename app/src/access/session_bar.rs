//! The line that says as whom one is here: with an account its name, without one what that means.

use domain::{Right, Via};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{api::LogOut, say};
use crate::{arrival::visitor, erase::Erase};

/// The line. It stands outside of what the browser takes over.
#[component]
pub fn SessionBar() -> AnyView {
    let say = say();
    let visitor = visitor();
    let accounts = visitor.may(Right::Administer).then(|| {
        view! { <a href="/accounts" rel="external">{say.accounts}</a> }
    });
    match visitor.via {
        Via::Local => view! {
            <aside class="session-bar" data-mode="local" aria-label=say.account>
                <span>{say.local_mode}</span>
                {accounts}
            </aside>
        }
        .erase(),
        Via::Session => view! {
            <aside class="session-bar" data-mode="session" aria-label=say.account>
                <a href="/account" rel="external">{visitor.name.to_string()}</a>
                {accounts}
                <form method="post" action=LogOut::url()>
                    <button type="submit">{say.log_out}</button>
                </form>
            </aside>
        }
        .erase(),
        _ if visitor.right.is_some() => view! {
            <aside class="session-bar" data-mode="demo" aria-label=say.account>
                <span>{say.demo_mode}</span>
                <a href="/login" rel="external">{say.log_in}</a>
            </aside>
        }
        .erase(),
        _ => ().erase(),
    }
}
