//! Problems with who may do what.

use axum::http::StatusCode;
use engine::AccessError;

use super::Problem;

impl Problem {
    /// Nobody knows who asks: 401.
    #[must_use]
    pub fn no_login() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "no-login",
            "No login",
            "Log in at /login; a program sends a key that is of use as “Authorization: Bearer …”.",
        )
    }

    /// Whoever asks may not do this: 403.
    #[must_use]
    pub fn not_allowed() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "not-allowed",
            "Not allowed",
            "Your account or key may not do this: ask an admin for another role or a key with more rights.",
        )
    }

    /// This client asks too often: 429.
    #[must_use]
    pub fn too_often(wait_s: u32) -> Self {
        Self::new(
            StatusCode::TOO_MANY_REQUESTS,
            "too-often",
            "Too many requests",
            "You have asked more often than one client may: wait as long as “retry-after” says.",
        )
        .retry_after_s(wait_s)
    }

    /// Something that only accounts have: 403.
    #[must_use]
    pub fn no_account() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "no-account",
            "No account",
            "Keys belong to accounts: log in with one first.",
        )
    }
}

impl From<AccessError> for Problem {
    fn from(error: AccessError) -> Self {
        match &error {
            AccessError::UnknownAccount => Self::new(
                StatusCode::NOT_FOUND,
                "no-such-account",
                "Not found",
                "There is no such account: take an id from the list.",
            ),
            AccessError::NameTaken(_)
            | AccessError::LastAdmin
            | AccessError::FirstIsAdmin
            | AccessError::TooManyKeys => Self::conflict(&error),
            AccessError::StaleLink | AccessError::Expired => Self::value(&error),
        }
    }
}
