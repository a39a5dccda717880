//! Who reviews: whoever is logged in; without accounts, a name in a cookie.

use axum::http::request::Parts;
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use domain::{ReviewFilter, Reviewer};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_axum::ResponseOptions;

use super::{address::carried, api::NameReviewer, say};
use crate::{
    ApiError, arrival::visitor, erase::Erase, preferences::remembering,
    review_trouble::ReviewTrouble, serving,
};

const COOKIE: &str = "reviewer";

/// Whoever is logged in; else the reviewer whom the request names, or the one who sits at the machine.
pub fn reviewer() -> Reviewer {
    let request = use_context::<Parts>();
    let kept = request.as_ref().and_then(|request| serving::cookie(request, COOKIE));
    visitor().reviewer(kept.and_then(read))
}

/// Later requests are of the reviewer with this name.
pub fn remember(name: &str) -> Result<(), ApiError> {
    let reviewer = Reviewer::parse(name).map_err(|_| ReviewTrouble::Name)?;
    if let Some(response) = use_context::<ResponseOptions>() {
        serving::set_cookie(&response, &remembering(COOKIE, &written(&reviewer)));
    }
    Ok(())
}

fn written(reviewer: &Reviewer) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(reviewer.as_str())
}

fn read(value: &str) -> Option<Reviewer> {
    let name = String::from_utf8(BASE64_URL_SAFE_NO_PAD.decode(value).ok()?).ok()?;
    Reviewer::parse(&name).ok()
}

/// The name, and how to change it.
#[component]
pub fn Who(
    /// Who reviews now.
    reviewer: Reviewer,
    /// Which texts are shown.
    filter: ReviewFilter,
) -> AnyView {
    let say = say();
    view! {
        <form class="who" method="post" action=NameReviewer::url()>
            {carried(&filter)}
            <label>
                <span>{say.reviewer}</span>
                <input name="name" value=reviewer.to_string() required autocomplete="name" />
            </label>
            <button class="button" type="submit">
                {say.change_reviewer}
            </button>
        </form>
    }
    .erase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_any_script_comes_back_from_its_cookie() {
        for name in ["local", "Zoé; a=b", "李"] {
            let reviewer = Reviewer::parse(name).unwrap();
            assert!(written(&reviewer).is_ascii());
            assert_eq!(read(&written(&reviewer)), Some(reviewer));
        }
        assert_eq!(read("%"), None);
    }
}
