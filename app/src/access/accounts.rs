//! `/accounts`: admins keep accounts, and see who changed what.

use domain::{Account, Role};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::{
    answers,
    api::{ChangeRole, MakeAccount, RemoveAccount, RenewLink},
    changes::Changes,
    say,
    told_once::ToldOnce,
};
use crate::{components::Problem, erase::Erase, reader};

/// The page.
pub fn accounts() -> AnyView {
    let say = say();
    let before = use_query_map().get_untracked().get("before").and_then(|id| id.parse().ok());
    let refusal = reader::refusal().map(|refusal| view! { <Problem error=refusal.error /> });
    let told = ToldOnce::take().map(|told| told.view(&answers::public_url()));
    let kept = Suspend::new(async move {
        match answers::accounts(before).await {
            Ok((accounts, entries)) => view! {
                <AccountList accounts />
                <Changes entries is_first=before.is_none() />
            }
            .erase(),
            Err(error) => view! { <Problem error /> }.erase(),
        }
    });
    view! {
        <Title text=format!("{} · Vigie", say.accounts) />
        <main id="content" class="page access wide" data-page="accounts">
            <h1>{say.accounts}</h1>
            {refusal}
            {told}
            {kept}
        </main>
    }
    .erase()
}

#[component]
fn AccountList(
    /// By name.
    accounts: Vec<Account>,
) -> AnyView {
    let say = say();
    let first = accounts.is_empty().then(|| view! { <p>{say.first_account}</p> });
    // Nobody could administer the service if the first one did not.
    let preset = if accounts.is_empty() { Role::Admin } else { Role::Analyst };
    let rows = accounts.into_iter().map(|account| view! { <AccountRow account /> });
    view! {
        {first}
        <ul class="accounts">{rows.collect_view()}</ul>
        <section aria-labelledby="new-account-title">
            <h2 id="new-account-title">{say.new_account}</h2>
            <form class="in-a-row" method="post" action=MakeAccount::url()>
                <label>
                    <span>{say.name}</span>
                    <input name="name" required autocomplete="off" autocapitalize="none" spellcheck="false" />
                </label>
                <label>
                    <span>{say.role}</span>
                    <Roles chosen=preset />
                </label>
                <button class="button primary" type="submit">
                    {say.make_account}
                </button>
            </form>
            <p class="quiet">{say.roles_hint}</p>
        </section>
    }
    .erase()
}

/// An account, and what an admin does with it.
#[component]
fn AccountRow(
    /// The account.
    account: Account,
) -> AnyView {
    let say = say();
    let name = account.name.to_string();
    let id = account.id.to_string();
    let waits = (!account.has_password).then(|| view! { <span class="quiet">{say.waits}</span> });
    view! {
        <li>
            <strong>{name.clone()}</strong>
            {waits}
            <form method="post" action=ChangeRole::url()>
                <input type="hidden" name="account" value=id.clone() />
                <label>
                    <span class="unseen">{(say.role_of)(&name)}</span>
                    <Roles chosen=account.role />
                </label>
                <button class="button" type="submit" aria-label=(say.change_role_of)(&name)>
                    {say.change_role}
                </button>
            </form>
            <form method="post" action=RenewLink::url()>
                <input type="hidden" name="account" value=id.clone() />
                <button class="button" type="submit" aria-label=(say.renew_link_of)(&name)>
                    {say.renew_link}
                </button>
            </form>
            <form method="post" action=RemoveAccount::url()>
                <input type="hidden" name="account" value=id />
                <button class="button" type="submit" aria-label=(say.remove_of)(&name)>
                    {say.remove}
                </button>
            </form>
        </li>
    }
    .erase()
}

#[component]
fn Roles(
    /// The one that is chosen at first.
    chosen: Role,
) -> AnyView {
    let say = say();
    let option = |role: Role| {
        view! {
            <option value=role.as_str() selected=role == chosen>
                {(say.role_name)(role)}
            </option>
        }
    };
    view! { <select name="role">{Role::ALL.map(option)}</select> }.erase()
}
