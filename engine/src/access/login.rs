//! Logging in and out.

use std::{net::IpAddr, time::Duration};

use domain::{Account, AccountName, Via};

use super::{Access, throttle::Subject, token};
use crate::{EngineError, clock};

/// A session of which nothing was heard for so long is over.
pub const SESSION_SILENCE: Duration = Duration::from_secs(24 * 3600);
/// Whoever logged in so long ago logs in again.
pub(super) const SESSION_LIFE: Duration = Duration::from_secs(30 * 24 * 3600);

/// Why somebody is not logged in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LoginRefusal {
    /// There is no such account, it has no password, or the password is another.
    #[error("the name or the password is wrong")]
    Wrong,
    /// Too many attempts have failed.
    #[error("too many attempts have failed: try again in {wait_s} s")]
    TooOften {
        /// How long to wait, in seconds.
        wait_s: u64,
    },
}

impl Access {
    /// Logs somebody in who tries from `address`, and gives the account and the proof that their browser keeps.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn log_in(
        &self,
        name: &str,
        password: &str,
        address: Option<IpAddr>,
    ) -> Result<Result<(Account, String), LoginRefusal>, EngineError> {
        let now = clock::now();
        let subjects = Subject::of(name, address);
        // Counted before the password is looked at, so that many attempts at once are no way around it.
        let wait = self.count_attempt(&subjects, now).await?;
        if !wait.is_zero() {
            return Ok(Err(LoginRefusal::TooOften { wait_s: wait.as_secs().max(1) }));
        }
        let login = match AccountName::parse(name) {
            Ok(name) => self.store.login(&name).await?,
            Err(_) => None,
        };
        let (account, kept) = match login {
            Some(login) => (Some(login.account), login.password_hash),
            None => (None, None),
        };
        let is_right = self.is_right(password.to_owned(), kept).await?;
        let Some(account) = account.filter(|_| is_right) else {
            return Ok(Err(LoginRefusal::Wrong));
        };
        self.forget_attempt(&subjects).await?;
        let opened = self.open_session(&account).await?;
        Ok(opened.map(|token| (account, token)).ok_or(LoginRefusal::Wrong))
    }

    /// Opens a session; `None` if the account is gone.
    pub(super) async fn open_session(
        &self,
        account: &Account,
    ) -> Result<Option<String>, EngineError> {
        let token = token::random();
        let is_open =
            self.store.open_session(token::hash(&token), account.id, clock::now()).await?;
        Ok(is_open.then_some(token))
    }

    /// Ends a session, whoever shows its proof.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn log_out(&self, token: &str) -> Result<(), EngineError> {
        let hash = token::hash(token);
        self.store.close_session(hash).await?;
        self.believed.invalidate(&(Via::Session, hash)).await;
        Ok(())
    }
}
