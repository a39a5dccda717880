//! Who asks, by what their request brings.

use app::{Arrival, session_of};
use axum::http::{HeaderMap, header};
use engine::Visitor;

use crate::{problem::Problem, state::AppState};

/// Who asks: by a key if there is one, else by a session, else as one without any proof. A key that is none is an error, since
/// whoever shows one means to be somebody; a session may simply have ended.
pub async fn visitor(
    state: &AppState,
    headers: &HeaderMap,
    arrival: &Arrival,
) -> Result<Visitor, Problem> {
    let access = state.engine.access();
    if let Some(value) = headers.get(header::AUTHORIZATION) {
        let Some(key) = value.to_str().ok().and_then(bearer) else {
            return Err(Problem::no_login());
        };
        count_unless(access.believes_key(key).await, state, arrival)?;
        return access.by_key(key).await?.ok_or_else(Problem::no_login);
    }
    if let Some(session) = session_of(headers, arrival) {
        count_unless(access.believes_session(session).await, state, arrival)?;
        if let Some(visitor) = access.by_session(session).await? {
            return Ok(visitor);
        }
    }
    Ok(state.access.without_proof(access).await?)
}

/// A proof that is not known yet costs a question to the store, so it is counted of the address that it comes from.
fn count_unless(is_believed: bool, state: &AppState, arrival: &Arrival) -> Result<(), Problem> {
    let wait = if is_believed { None } else { state.rates.wait_s(None, arrival) };
    wait.map_or(Ok(()), |wait_s| Err(Problem::too_often(wait_s)))
}

fn bearer(value: &str) -> Option<&str> {
    let (scheme, key) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| key.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_comes_as_a_bearer_token() {
        assert_eq!(bearer("Bearer vigie_abc"), Some("vigie_abc"));
        assert_eq!(bearer("bearer  vigie_abc"), Some("vigie_abc"));
        assert_eq!(bearer("Basic dXNlcjpwYXNz"), None);
        assert_eq!(bearer("vigie_abc"), None);
    }
}
