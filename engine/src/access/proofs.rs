//! From a proof to who shows it.

use std::time::Duration;

use domain::{Right, Via};
use jiff::Timestamp;
use store::{StoreError, TokenHash};

use super::{
    Access, Visitor,
    login::{SESSION_LIFE, SESSION_SILENCE},
    token,
};
use crate::{EngineError, clock};

/// When a proof was last used is kept to this.
const SEEN: Duration = Duration::from_secs(60);

impl Access {
    /// Who has logged in with this proof; `None` if nobody has, or too long ago.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn by_session(&self, token: &str) -> Result<Option<Visitor>, EngineError> {
        let hash = token::hash(token);
        if let Some(visitor) = self.believed.get(&(Via::Session, hash)).await {
            return Ok(Some(visitor));
        }
        let now = clock::now();
        let Some(session) = self.store.session(hash).await? else { return Ok(None) };
        if is_past(session.seen_at, SESSION_SILENCE, now)
            || is_past(session.created_at, SESSION_LIFE, now)
        {
            return Ok(None);
        }
        if is_past(session.seen_at, SEEN, now) {
            note(self.store.see_session(hash, now).await);
        }
        let visitor = Visitor::with_account(&session.account, Right::Administer, Via::Session);
        Ok(Some(self.believe(hash, visitor).await))
    }

    /// Whose key this is; `None` if it is none, or one of no more use.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn by_key(&self, secret: &str) -> Result<Option<Visitor>, EngineError> {
        let hash = token::hash(secret);
        if let Some(visitor) = self.believed.get(&(Via::Key, hash)).await {
            return Ok(Some(visitor));
        }
        let now = clock::now();
        let Some((account, key)) = self.store.key(hash).await? else { return Ok(None) };
        if key.expires_at.is_some_and(|end| end <= now) {
            return Ok(None);
        }
        if key.used_at.is_none_or(|at| is_past(at, SEEN, now)) {
            note(self.store.use_key(key.id, now).await);
        }
        Ok(Some(self.believe(hash, Visitor::with_account(&account, key.right, Via::Key)).await))
    }

    /// Whether this key is believed without a question to the store.
    pub async fn believes_key(&self, secret: &str) -> bool {
        self.believed.get(&(Via::Key, token::hash(secret))).await.is_some()
    }

    /// The same of a session.
    pub async fn believes_session(&self, token: &str) -> bool {
        self.believed.get(&(Via::Session, token::hash(token))).await.is_some()
    }

    async fn believe(&self, hash: TokenHash, visitor: Visitor) -> Visitor {
        self.believed.insert((visitor.via, hash), visitor.clone()).await;
        visitor
    }
}

/// A reader is not refused because a disk is full.
fn note(kept: Result<(), StoreError>) {
    if let Err(error) = kept {
        let error = &error as &dyn std::error::Error;
        tracing::warn!(error, "when a proof was last used could not be kept");
    }
}

/// Whether `at` was more than `span` before `now`.
fn is_past(at: Timestamp, span: Duration, now: Timestamp) -> bool {
    at.checked_add(span).is_ok_and(|end| end < now)
}
