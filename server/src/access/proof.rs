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
        return access.by_key(key).await?.ok_or_else(Problem::no_login);
    }
    if let Some(session) = session_of(headers, arrival)
        && let Some(visitor) = access.by_session(session).await?
    {
        return Ok(visitor);
    }
    Ok(state.access.without_proof(access).await?)
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
