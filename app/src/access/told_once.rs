//! What is shown once on the page that a form leads to, and never again: the link of a new account, a new key.
//!
//! It travels as a refused form does: in a cookie of one minute that no script reads, because addresses end up in logs.

use axum::http::request::Parts;
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use serde::{Deserialize, Serialize};

use super::say;
use crate::{arrival::arrival, erase::Erase, serving};

const COOKIE: &str = "told_once";

/// Something that is shown once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ToldOnce {
    /// The path with which somebody chooses a password, and whose account it is for.
    Link { path: String, name: String },
    /// The secret of a key, and what it is for.
    Key { secret: String, name: String },
}

impl ToldOnce {
    /// Shows it on the next page.
    pub fn tell(&self) {
        let value = BASE64_URL_SAFE_NO_PAD.encode(serde_json::to_vec(self).unwrap_or_default());
        if let Some(response) = use_context::<ResponseOptions>() {
            serving::set_cookie(&response, &arrival().cookie_of(COOKIE, &value, 60));
        }
    }

    /// What is to be shown on this page; the browser is told to forget it.
    pub fn take() -> Option<Self> {
        let (request, response) = (use_context::<Parts>()?, use_context::<ResponseOptions>()?);
        let json =
            BASE64_URL_SAFE_NO_PAD.decode(arrival().value_of(&request.headers, COOKIE)?).ok()?;
        serving::set_cookie(&response, &arrival().cookie_of(COOKIE, "", 0));
        serde_json::from_slice(&json).ok()
    }

    /// As the page shows it.
    pub fn view(self, public_url: &str) -> AnyView {
        let say = say();
        let (sentence, shown) = match self {
            Self::Link { path, name } => ((say.link_of)(&name), format!("{public_url}{path}")),
            Self::Key { secret, name } => ((say.key_of)(&name), secret),
        };
        view! {
            <div class="told-once">
                <h2>{sentence}</h2>
                <p>
                    <code>{shown}</code>
                </p>
            </div>
        }
        .erase()
    }
}
