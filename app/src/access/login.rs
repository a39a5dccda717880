//! `/login`: a name and a password.

use domain::Via;
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::{api::LogIn, say};
use crate::{arrival::visitor, components::Problem, erase::Erase, reader};

/// The page.
pub fn login() -> AnyView {
    let say = say();
    let next = use_query_map().get_untracked().get("next").unwrap_or_default();
    let refusal = reader::refusal().map(|refusal| view! { <Problem error=refusal.error /> });
    let visitor = visitor();
    let known = match visitor.via {
        Via::Local => Some(say.no_login_needed.to_owned()),
        Via::Session => Some((say.logged_in_as)(&visitor.name)),
        _ => None,
    };
    view! {
        <Title text=format!("{} · Vigie", say.log_in) />
        <main id="content" class="page access" data-page="login">
            <h1>{say.log_in}</h1>
            {known.map(|sentence| view! { <p class="quiet">{sentence}</p> })}
            {refusal}
            <form method="post" action=LogIn::url()>
                <input type="hidden" name="next" value=next />
                <label>
                    <span>{say.name}</span>
                    <input name="name" required autocomplete="username" autocapitalize="none" spellcheck="false" />
                </label>
                <label>
                    <span>{say.password}</span>
                    <input name="password" type="password" required autocomplete="current-password" />
                </label>
                <button class="button primary" type="submit">
                    {say.log_in}
                </button>
            </form>
            <p class="quiet">{say.forgotten}</p>
        </main>
    }
    .erase()
}
