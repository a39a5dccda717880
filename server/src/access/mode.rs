//! Whether accounts are needed here.

use std::{net::SocketAddr, sync::Arc};

use domain::Right;
use engine::{Access, EngineError, Visitor};

use super::TrustedProxies;

/// Where and how the service is reached, as far as that says who may do what.
#[derive(Clone, Debug)]
pub struct AccessMode {
    /// Whether only this machine reaches it.
    pub is_loopback: bool,
    /// Whether everybody may look around and try texts.
    pub is_demo: bool,
    /// Whether people find it under https, whatever comes in here.
    pub is_public_https: bool,
    /// Who may say on whose behalf they ask.
    pub proxies: Arc<TrustedProxies>,
}

/// The service would be open to whoever reaches it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0} is reached by others, and there is no account yet: make one with `vigie account add NAME --role admin` on the same database, or start with \
     VIGIE_FIRST_ADMIN=NAME; with --demo everybody may look around and try texts, and change nothing; on 127.0.0.1 nobody needs an account"
)]
pub struct NoAccount(pub SocketAddr);

impl AccessMode {
    /// What somebody without any proof may do: where nobody but this machine comes in and no account was made, everything.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn without_proof(&self, access: &Access) -> Result<Visitor, EngineError> {
        if self.is_loopback && !access.has_accounts().await? && !self.is_demo {
            return Ok(Visitor::local());
        }
        Ok(Visitor::nobody(self.is_demo.then_some(Right::Analyse)))
    }

    /// # Errors
    /// [`NoAccount`] if the service must not be started at `listen`.
    pub fn check(&self, listen: SocketAddr, has_accounts: bool) -> Result<(), NoAccount> {
        if self.is_loopback || self.is_demo || has_accounts {
            return Ok(());
        }
        Err(NoAccount(listen))
    }
}
