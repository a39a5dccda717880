//! `/account`: one's own password, and the keys of one's programs.

use domain::{ApiKey, Right};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_meta::Title;

use super::{
    answers,
    api::{ChangePassword, LogOut, MakeKey, RevokeKey},
    invitation::NewPassword,
    say,
    told_once::ToldOnce,
};
use crate::{arrival::visitor, components::Problem, erase::Erase, moment::Moment, reader};

/// The page.
pub fn account() -> AnyView {
    let say = say();
    let visitor = visitor();
    let refusal = reader::refusal().map(|refusal| view! { <Problem error=refusal.error /> });
    let told = ToldOnce::take().map(|told| told.view(""));
    let title = match visitor.account {
        Some(_) => (say.logged_in_as)(&visitor.name),
        None => say.no_account.to_owned(),
    };
    let own = visitor.account.map(|_| view! { <Own most=visitor.right.unwrap_or(Right::Read) /> });
    view! {
        <Title text=format!("{} · Vigie", say.account) />
        <main id="content" class="page access" data-page="account">
            <h1>{say.account}</h1>
            <p>{title}</p>
            {refusal}
            {told}
            {own}
        </main>
    }
    .erase()
}

/// What somebody with an account does with it.
#[component]
fn Own(
    /// What they may do at most.
    most: Right,
) -> AnyView {
    let say = say();
    let keys = Suspend::new(async move {
        match answers::own_keys().await {
            Ok(keys) => view! { <Keys keys most /> }.erase(),
            Err(error) => view! { <Problem error /> }.erase(),
        }
    });
    view! {
        <form method="post" action=LogOut::url()>
            <button class="button" type="submit">
                {say.log_out}
            </button>
        </form>
        <section aria-labelledby="password-title">
            <h2 id="password-title">{say.change_password}</h2>
            <form method="post" action=ChangePassword::url()>
                <label>
                    <span>{say.current_password}</span>
                    <input name="current" type="password" required autocomplete="current-password" />
                </label>
                <NewPassword />
                <button class="button" type="submit">
                    {say.change_password}
                </button>
            </form>
        </section>
        {keys}
    }
    .erase()
}

/// The keys of one's programs.
#[component]
fn Keys(
    /// The oldest first.
    keys: Vec<ApiKey>,
    /// What they may do at most.
    most: Right,
) -> AnyView {
    let say = say();
    let none = keys.is_empty().then(|| view! { <p class="quiet">{say.no_keys}</p> });
    let rows = keys.into_iter().map(|key| view! { <KeyRow key /> }).collect_view();
    let rights = Right::ALL.into_iter().filter(|right| *right <= most);
    let rights = rights.map(|right| {
        view! { <option value=right.as_str()>{(say.right)(right)}</option> }
    });
    view! {
        <section aria-labelledby="keys-title">
            <h2 id="keys-title">{say.keys}</h2>
            <p>{say.keys_hint}</p>
            {none}
            <ul class="keys">{rows}</ul>
            <form class="in-a-row" method="post" action=MakeKey::url()>
                <label>
                    <span>{say.key_name}</span>
                    <input name="name" required autocomplete="off" />
                </label>
                <label>
                    <span>{say.may}</span>
                    <select name="right">{rights.collect_view()}</select>
                </label>
                <label>
                    <span>{say.days}</span>
                    <input name="days" inputmode="numeric" autocomplete="off" />
                </label>
                <button class="button" type="submit">
                    {say.make_key}
                </button>
            </form>
        </section>
    }
    .erase()
}

/// A key, and how to be rid of it.
#[component]
fn KeyRow(
    /// The key.
    key: ApiKey,
) -> AnyView {
    let say = say();
    let used = match key.used_at {
        Some(at) => view! { {say.last_used} " " <Moment at /> }.erase(),
        None => say.never_used.erase(),
    };
    let end = key.expires_at.map(|end| {
        view! {
            <span class="quiet">{say.until} " " <Moment at=end /></span>
        }
    });
    view! {
        <li>
            <strong>{key.name.to_string()}</strong>
            <span>{(say.right)(key.right)}</span>
            <span class="quiet">{used}</span>
            {end}
            <form method="post" action=RevokeKey::url()>
                <input type="hidden" name="key" value=key.id.to_string() />
                <button class="button" type="submit" aria-label=(say.revoke_of)(key.name.as_str())>
                    {say.revoke}
                </button>
            </form>
        </li>
    }
    .erase()
}
