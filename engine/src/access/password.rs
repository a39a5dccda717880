//! Passwords: what may be one, and what is kept of it.

use std::{
    fmt,
    sync::{Arc, LazyLock},
};

use argon2::{
    Argon2, PasswordHash, PasswordHasher, PasswordVerifier,
    password_hash::{self, SaltString},
};
use domain::AccountName;

use super::Access;
use crate::EngineError;

/// A password that may be chosen: at least 12 characters, and not the account's name.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

/// A password that may not be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    /// Too easy to guess, or longer than what is read.
    #[error(
        "a password has {} to {} characters: a sentence is easy to remember",
        Password::LEAST_CHARS,
        Password::MOST_CHARS
    )]
    Length,
    /// What everybody would try first.
    #[error("choose a password that is not made of the account's name or of one character")]
    Obvious,
}

impl Password {
    /// The shortest one.
    pub const LEAST_CHARS: usize = 12;
    /// The longest one.
    pub const MOST_CHARS: usize = 256;

    /// Accepts what somebody with the account `name` has chosen, white space and all.
    ///
    /// # Errors
    /// See [`PasswordError`].
    pub fn parse(text: &str, name: &AccountName) -> Result<Self, PasswordError> {
        if !(Self::LEAST_CHARS..=Self::MOST_CHARS).contains(&text.chars().count()) {
            return Err(PasswordError::Length);
        }
        let small = text.to_lowercase();
        let mut chars = small.chars();
        let first = chars.next();
        let is_of_one = chars.all(|char| Some(char) == first);
        let is_of_name = small.replace(name.as_str(), "").chars().count() < 4;
        if is_of_one || is_of_name {
            return Err(PasswordError::Obvious);
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// What is held against a password when there is none, so that an unknown name takes as long as a known one.
static NOBODY: LazyLock<Option<String>> = LazyLock::new(|| hash("nobody has this password").ok());

impl Access {
    /// What is kept of a password.
    pub(super) async fn hashed(&self, password: Password) -> Result<String, EngineError> {
        let hashed = self.at_work(move || hash(&password.0)).await?;
        hashed.map_err(|error| EngineError::Start(std::io::Error::other(error)))
    }

    /// Whether `password` is the one of which `kept` is kept; takes as long when nothing is.
    pub(super) async fn is_right(
        &self,
        password: String,
        kept: Option<String>,
    ) -> Result<bool, EngineError> {
        self.at_work(move || {
            let is_one = kept.is_some();
            let kept = kept.or_else(|| NOBODY.clone()).unwrap_or_default();
            let is_right = PasswordHash::new(&kept).is_ok_and(|kept| {
                Argon2::default().verify_password(password.as_bytes(), &kept).is_ok()
            });
            is_right && is_one
        })
        .await
    }

    /// Does what takes a core for a while beside the tasks of the service, few at a time.
    async fn at_work<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, EngineError> {
        let place = Arc::clone(&self.passwords).acquire_owned().await;
        let place = place.map_err(|_| EngineError::ShuttingDown)?;
        // Whoever asked may go away; the work goes on, and keeps its place.
        let work = move || {
            let _place = place;
            work()
        };
        tokio::task::spawn_blocking(work).await.map_err(|_| EngineError::ShuttingDown)
    }
}

/// Argon2id with 19 MiB and two passes, as OWASP asks (Password Storage Cheat Sheet), in PHC's form.
fn hash(password: &str) -> password_hash::Result<String> {
    let salt = SaltString::encode_b64(&rand::random::<[u8; 16]>())?;
    Ok(Argon2::default().hash_password(password.as_bytes(), &salt)?.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_everybody_would_try_first_may_not_be_chosen() {
        let ann = AccountName::parse("annabelle.lee").unwrap();
        for (text, expected) in [
            ("short", Err(PasswordError::Length)),
            ("aaaaaaaaaaaaaaaa", Err(PasswordError::Obvious)),
            ("Annabelle.Lee1", Err(PasswordError::Obvious)),
            ("the gate opens at nine", Ok(())),
            ("ünïcödé and   spaces", Ok(())),
        ] {
            assert_eq!(Password::parse(text, &ann).map(drop), expected, "{text}");
        }
        assert_eq!(format!("{:?}", Password("secret".to_owned())), "***");
    }

    #[test]
    fn what_is_kept_says_how_it_was_made_and_is_another_each_time() {
        let (one, other) = (hash("the same password").unwrap(), hash("the same password").unwrap());
        assert!(one.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{one}");
        assert_ne!(one, other);
    }
}
