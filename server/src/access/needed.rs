//! What each route needs of who asks: the one table.

use axum::http::Method;
use domain::Right;

/// What a route needs of who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needed {
    /// Nothing: it is answered without a look at who asks, as the health of the service is.
    NotEvenAsked,
    /// Nothing, but it may be answered differently for those with a login.
    Nothing,
    /// That they may do so much.
    Right(Right),
}

/// Open to everybody: the service's health, and the description of the interface. A star stands for everything that begins so.
const UNASKED: &[&str] =
    &["/api", "/api/docs*", "/api/v1/openapi.json", "/health", "/health/live", "/health/ready"];

/// Open to everybody: how one logs in.
const OPEN: &[&str] =
    &["/api/fn/choose_password", "/api/fn/log_in", "/api/fn/log_out", "/invitation", "/login"];

/// What only reads although it is posted, and what everybody does with their own login.
const READ: &[&str] = &[
    "/api/fn/ask_service",
    "/api/fn/change_password",
    "/api/fn/compare_models",
    "/api/fn/list_models",
    "/api/fn/list_recent",
    "/api/fn/make_key",
    "/api/fn/open_analysis",
    "/api/fn/revoke_key",
    "/api/v1/keys*",
];

/// Of these what changes one's own password and keys: it is noted although everybody may do it.
const OWN: &[&str] =
    &["/api/fn/change_password", "/api/fn/make_key", "/api/fn/revoke_key", "/api/v1/keys*"];

/// What has texts read.
const ANALYSE: &[&str] =
    &["/api/fn/analyse", "/api/fn/explain", "/api/v1/analyses", "/api/v1/explanations", "/predict"];

/// What changes something that analysts work on.
const WORK: &[&str] = &[
    "/api/fn/act_on_incident",
    "/api/fn/add_campaign",
    "/api/fn/cancel_file",
    "/api/fn/delete_file",
    "/api/fn/give_feedback",
    "/api/fn/keep_rules",
    "/api/fn/label_all",
    "/api/fn/label_items",
    "/api/fn/make_watch",
    "/api/fn/name_reviewer",
    "/api/fn/read_file",
    "/api/fn/remove_campaign",
    "/api/fn/remove_watch",
    "/api/fn/show_demo",
    "/api/fn/undo_act",
    "/api/fn/withdraw_feedback",
    "/api/v1/analyses/{id}/feedback",
    "/api/v1/files*",
    "/api/v1/incidents*",
    "/api/v1/review*",
    "/api/v1/tweets",
    "/api/v1/watches*",
    "/feedback",
    "/files*",
];

/// What only admins see.
const HIDDEN: &[&str] = &["/accounts", "/api/v1/accounts*", "/api/v1/audit-log"];

/// What a request of `method` to `route`, as the router has it, needs. What is in no table needs a login to be read, and
/// the right to administer to be changed.
#[must_use]
pub fn needed(method: &Method, route: &str) -> Needed {
    let is_read = matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS);
    let is_in = |table: &[&str]| table.iter().any(|pattern| fits(pattern, route));
    if is_in(UNASKED) {
        Needed::NotEvenAsked
    } else if is_in(OPEN) {
        Needed::Nothing
    } else if is_in(HIDDEN) {
        Needed::Right(Right::Administer)
    } else if is_read || is_in(READ) {
        Needed::Right(Right::Read)
    } else if is_in(ANALYSE) {
        Needed::Right(Right::Analyse)
    } else if is_in(WORK) {
        Needed::Right(Right::Work)
    } else {
        Needed::Right(Right::Administer)
    }
}

/// Whether a route changes one's own password or keys.
pub fn is_of_one_s_own(route: &str) -> bool {
    OWN.iter().any(|pattern| fits(pattern, route))
}

fn fits(pattern: &str, route: &str) -> bool {
    match pattern.strip_suffix('*') {
        None => route == pattern,
        Some(start) => {
            route.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_has_thought_of_needs_an_admin_to_be_changed_and_a_login_to_be_seen() {
        for route in ["/api/v1/new", "/api/fn/new", "/new", "/api/v1/filesystem"] {
            assert_eq!(needed(&Method::POST, route), Needed::Right(Right::Administer), "{route}");
            assert_eq!(needed(&Method::DELETE, route), Needed::Right(Right::Administer));
            assert_eq!(needed(&Method::GET, route), Needed::Right(Right::Read), "{route}");
        }
    }

    #[test]
    fn a_correction_is_work_and_a_new_text_is_none() {
        let feedback = needed(&Method::PUT, "/api/v1/analyses/{id}/feedback");
        assert_eq!(feedback, Needed::Right(Right::Work));
        let text = needed(&Method::POST, "/api/v1/analyses");
        assert_eq!(text, Needed::Right(Right::Analyse));
        let accounts = needed(&Method::GET, "/api/v1/accounts");
        assert_eq!(accounts, Needed::Right(Right::Administer));
    }
}
