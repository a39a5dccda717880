//! Keys of programs.

use domain::{AccountId, ApiKey, ApiKeyId, KeyName, Right};
use jiff::Timestamp;
use uuid::Uuid;

use super::{Access, AccessError, token};
use crate::{EngineError, clock};

/// What a key begins with, so that people and scanners of code know what it is.
const PREFIX: &str = "vigie_";

/// A key that was just made.
#[derive(Clone, Debug)]
pub struct NewKey {
    /// The key.
    pub key: ApiKey,
    /// What the program shows; nobody can be told it again.
    pub secret: String,
}

impl Access {
    /// The keys of an account, the oldest first.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn keys_of(&self, account: AccountId) -> Result<Vec<ApiKey>, EngineError> {
        Ok(self.store.keys_of(account).await?)
    }

    /// Makes a key for an account.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn make_key(
        &self,
        account_id: AccountId,
        name: KeyName,
        right: Right,
        expires_at: Option<Timestamp>,
    ) -> Result<Result<NewKey, AccessError>, EngineError> {
        let created_at = clock::now();
        if expires_at.is_some_and(|end| end <= created_at) {
            return Ok(Err(AccessError::Expired));
        }
        if self.store.keys_of(account_id).await?.len() >= AccessError::MOST_KEYS {
            return Ok(Err(AccessError::TooManyKeys));
        }
        let id = ApiKeyId(Uuid::now_v7());
        let key = ApiKey { id, account_id, name, right, created_at, expires_at, used_at: None };
        let secret = format!("{PREFIX}{}", token::random());
        let is_made = self.store.make_key(&key, token::hash(&secret)).await?;
        Ok(if is_made { Ok(NewKey { key, secret }) } else { Err(AccessError::UnknownAccount) })
    }

    /// Makes a key of an account useless, here at once and elsewhere within seconds; `false` if it has no such key.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn revoke_key(&self, id: ApiKeyId, of: AccountId) -> Result<bool, EngineError> {
        let is_revoked = self.store.revoke_key(id, of).await?;
        self.believed.invalidate_all();
        Ok(is_revoked)
    }
}
