//! `/invitation?token=…`: somebody with a link chooses the password of their account. The address holds the proof; as with every
//! page, no other site is told it (`referrer-policy: same-origin`).

use leptos::{prelude::*, server_fn::ServerFn};
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::{answers, api::ChoosePassword, say};
use crate::{components::Problem, erase::Erase, reader};

/// The page.
pub fn invitation() -> AnyView {
    let say = say();
    let token = use_query_map().get_untracked().get("token").unwrap_or_default();
    let refusal = reader::refusal().map(|refusal| view! { <Problem error=refusal.error /> });
    let form = Suspend::new(async move {
        match answers::invited(&token).await {
            Ok(account) => view! {
                <p>{(say.choose_for)(account.name.as_str())}</p>
                <form method="post" action=ChoosePassword::url()>
                    <input type="hidden" name="token" value=token />
                    // Where a keeper of passwords finds whose it is.
                    <label>
                        <span>{say.name}</span>
                        <input name="username" value=account.name.to_string() readonly autocomplete="username" />
                    </label>
                    <NewPassword />
                    <button class="button primary" type="submit">
                        {say.choose}
                    </button>
                </form>
            }
            .erase(),
            Err(error) => view! { <Problem error /> }.erase(),
        }
    });
    view! {
        <Title text=format!("{} · Vigie", say.choose_password) />
        <main id="content" class="page access" data-page="invitation">
            <h1>{say.choose_password}</h1>
            {refusal}
            {form}
        </main>
    }
    .erase()
}

/// The fields of a password that is chosen.
#[component]
pub fn NewPassword() -> AnyView {
    let say = say();
    view! {
        <label>
            <span>{say.new_password}</span>
            <input
                name="password"
                type="password"
                required
                minlength="12"
                autocomplete="new-password"
                aria-describedby="password-hint"
            />
        </label>
        <p id="password-hint" class="quiet">
            {say.password_hint}
        </p>
        <label>
            <span>{say.again}</span>
            <input name="again" type="password" required minlength="12" autocomplete="new-password" />
        </label>
    }
    .erase()
}
