//! Access in SQLite, as `streams` there.

use std::sync::Arc;

use async_trait::async_trait;
use domain::{Account, AccountId, AccountName, ApiKey, ApiKeyId, AuditEntry, AuditId, Role};
use jiff::Timestamp;

use super::SqliteStore;
use crate::{
    StoreError,
    access::{AccessStore, AccountChange, Failures, Login, Session, TokenHash, sqlite as ask},
};

#[async_trait]
impl AccessStore for SqliteStore {
    async fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        self.look_up(|c| Box::pin(ask::accounts(c))).await
    }

    async fn has_accounts(&self) -> Result<bool, StoreError> {
        self.look_up(|c| Box::pin(ask::has_accounts(c))).await
    }

    async fn login(&self, name: &AccountName) -> Result<Option<Login>, StoreError> {
        let name = name.clone();
        self.look_up(move |c| Box::pin(async move { ask::login(c, &name).await })).await
    }

    async fn make_account(&self, account: &Account) -> Result<bool, StoreError> {
        let account = Arc::new(account.clone());
        self.converse(move |c| {
            let account = Arc::clone(&account);
            Box::pin(async move { ask::make_account(c, &account).await })
        })
        .await
    }

    async fn change_role(&self, id: AccountId, role: Role) -> Result<AccountChange, StoreError> {
        self.converse(move |c| Box::pin(ask::change_role(c, id, role))).await
    }

    async fn remove_account(&self, id: AccountId) -> Result<AccountChange, StoreError> {
        self.converse(move |c| Box::pin(ask::remove_account(c, id))).await
    }

    async fn invite(
        &self,
        id: AccountId,
        token: TokenHash,
        expires_at: Timestamp,
    ) -> Result<bool, StoreError> {
        self.converse(move |c| Box::pin(ask::invite(c, id, token, expires_at))).await
    }

    async fn invited(
        &self,
        token: TokenHash,
        now: Timestamp,
    ) -> Result<Option<Account>, StoreError> {
        self.look_up(|c| Box::pin(ask::invited(c, token, now))).await
    }

    async fn redeem(
        &self,
        token: TokenHash,
        password_hash: &str,
        now: Timestamp,
    ) -> Result<Option<Account>, StoreError> {
        let password_hash: Arc<str> = password_hash.into();
        self.converse(move |c| {
            let password_hash = Arc::clone(&password_hash);
            Box::pin(async move { ask::redeem(c, token, &password_hash, now).await })
        })
        .await
    }

    async fn open_session(
        &self,
        token: TokenHash,
        id: AccountId,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        self.converse(move |c| Box::pin(ask::open_session(c, token, id, now))).await
    }

    async fn session(&self, token: TokenHash) -> Result<Option<Session>, StoreError> {
        self.look_up(|c| Box::pin(ask::session(c, token))).await
    }

    async fn see_session(&self, token: TokenHash, now: Timestamp) -> Result<(), StoreError> {
        self.converse(move |c| Box::pin(ask::see_session(c, token, now))).await
    }

    async fn close_session(&self, token: TokenHash) -> Result<bool, StoreError> {
        self.converse(move |c| Box::pin(ask::close_session(c, token))).await
    }

    async fn make_key(&self, key: &ApiKey, token: TokenHash) -> Result<bool, StoreError> {
        let key = Arc::new(key.clone());
        self.converse(move |c| {
            let key = Arc::clone(&key);
            Box::pin(async move { ask::make_key(c, &key, token).await })
        })
        .await
    }

    async fn keys_of(&self, id: AccountId) -> Result<Vec<ApiKey>, StoreError> {
        self.look_up(|c| Box::pin(ask::keys_of(c, id))).await
    }

    async fn key(&self, token: TokenHash) -> Result<Option<(Account, ApiKey)>, StoreError> {
        self.look_up(|c| Box::pin(ask::key(c, token))).await
    }

    async fn use_key(&self, id: ApiKeyId, now: Timestamp) -> Result<(), StoreError> {
        self.converse(move |c| Box::pin(ask::use_key(c, id, now))).await
    }

    async fn revoke_key(&self, id: ApiKeyId, of: AccountId) -> Result<bool, StoreError> {
        self.converse(move |c| Box::pin(ask::revoke_key(c, id, of))).await
    }

    async fn login_failures(&self, subject: &str) -> Result<Option<Failures>, StoreError> {
        let subject = subject.to_owned();
        self.look_up(move |c| Box::pin(async move { ask::login_failures(c, &subject).await })).await
    }

    async fn note_login_failure(
        &self,
        subject: &str,
        now: Timestamp,
        forgotten: Timestamp,
    ) -> Result<u32, StoreError> {
        let subject: Arc<str> = subject.into();
        self.converse(move |c| {
            let subject = Arc::clone(&subject);
            Box::pin(async move { ask::note_login_failure(c, &subject, now, forgotten).await })
        })
        .await
    }

    async fn forget_login_failures(&self, subject: &str) -> Result<(), StoreError> {
        let subject: Arc<str> = subject.into();
        self.converse(move |c| {
            let subject = Arc::clone(&subject);
            Box::pin(async move { ask::forget_login_failures(c, &subject).await })
        })
        .await
    }

    async fn take_back_login_failure(&self, subject: &str) -> Result<(), StoreError> {
        let subject: Arc<str> = subject.into();
        self.converse(move |c| {
            let subject = Arc::clone(&subject);
            Box::pin(async move { ask::take_back_login_failure(c, &subject).await })
        })
        .await
    }

    async fn append_audit(&self, entry: &AuditEntry) -> Result<(), StoreError> {
        let entry = Arc::new(entry.clone());
        self.converse(move |c| {
            let entry = Arc::clone(&entry);
            Box::pin(async move { ask::append_audit(c, &entry).await })
        })
        .await
    }

    async fn audit_log(
        &self,
        before: Option<AuditId>,
        limit: u32,
    ) -> Result<Vec<AuditEntry>, StoreError> {
        self.look_up(|c| Box::pin(ask::audit_log(c, before, limit))).await
    }

    async fn forget_stale_logins(
        &self,
        now: Timestamp,
        silent_since: Timestamp,
    ) -> Result<(), StoreError> {
        self.converse(move |c| Box::pin(ask::forget_stale_logins(c, now, silent_since))).await
    }
}
