//! Who may do what: as the store has it.

use async_trait::async_trait;
use domain::{Account, AccountId, AccountName, ApiKey, ApiKeyId, AuditEntry, AuditId, Role};
use jiff::Timestamp;
use store::{AccessStore, AccountChange, Failures, Login, Session, StoreError, TokenHash};

use super::WatchedStore;

#[async_trait]
impl AccessStore for WatchedStore {
    async fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        self.store.accounts().await
    }

    async fn has_accounts(&self) -> Result<bool, StoreError> {
        self.store.has_accounts().await
    }

    async fn login(&self, name: &AccountName) -> Result<Option<Login>, StoreError> {
        self.store.login(name).await
    }

    async fn make_account(&self, account: &Account) -> Result<bool, StoreError> {
        self.store.make_account(account).await
    }

    async fn change_role(&self, id: AccountId, role: Role) -> Result<AccountChange, StoreError> {
        self.store.change_role(id, role).await
    }

    async fn remove_account(&self, id: AccountId) -> Result<AccountChange, StoreError> {
        self.store.remove_account(id).await
    }

    async fn invite(
        &self,
        id: AccountId,
        token: TokenHash,
        expires_at: Timestamp,
    ) -> Result<bool, StoreError> {
        self.store.invite(id, token, expires_at).await
    }

    async fn invited(
        &self,
        token: TokenHash,
        now: Timestamp,
    ) -> Result<Option<Account>, StoreError> {
        self.store.invited(token, now).await
    }

    async fn redeem(
        &self,
        token: TokenHash,
        password_hash: &str,
        now: Timestamp,
    ) -> Result<Option<Account>, StoreError> {
        self.store.redeem(token, password_hash, now).await
    }

    async fn open_session(
        &self,
        token: TokenHash,
        id: AccountId,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        self.store.open_session(token, id, now).await
    }

    async fn session(&self, token: TokenHash) -> Result<Option<Session>, StoreError> {
        self.store.session(token).await
    }

    async fn see_session(&self, token: TokenHash, now: Timestamp) -> Result<(), StoreError> {
        self.store.see_session(token, now).await
    }

    async fn close_session(&self, token: TokenHash) -> Result<bool, StoreError> {
        self.store.close_session(token).await
    }

    async fn make_key(&self, key: &ApiKey, token: TokenHash) -> Result<bool, StoreError> {
        self.store.make_key(key, token).await
    }

    async fn keys_of(&self, id: AccountId) -> Result<Vec<ApiKey>, StoreError> {
        self.store.keys_of(id).await
    }

    async fn key(&self, token: TokenHash) -> Result<Option<(Account, ApiKey)>, StoreError> {
        self.store.key(token).await
    }

    async fn use_key(&self, id: ApiKeyId, now: Timestamp) -> Result<(), StoreError> {
        self.store.use_key(id, now).await
    }

    async fn revoke_key(&self, id: ApiKeyId, of: AccountId) -> Result<bool, StoreError> {
        self.store.revoke_key(id, of).await
    }

    async fn login_failures(&self, subject: &str) -> Result<Option<Failures>, StoreError> {
        self.store.login_failures(subject).await
    }

    async fn note_login_failure(
        &self,
        subject: &str,
        now: Timestamp,
        forgotten: Timestamp,
    ) -> Result<u32, StoreError> {
        self.store.note_login_failure(subject, now, forgotten).await
    }

    async fn forget_login_failures(&self, subject: &str) -> Result<(), StoreError> {
        self.store.forget_login_failures(subject).await
    }

    async fn take_back_login_failure(&self, subject: &str) -> Result<(), StoreError> {
        self.store.take_back_login_failure(subject).await
    }

    async fn append_audit(&self, entry: &AuditEntry) -> Result<(), StoreError> {
        self.store.append_audit(entry).await
    }

    async fn audit_log(
        &self,
        before: Option<AuditId>,
        limit: u32,
    ) -> Result<Vec<AuditEntry>, StoreError> {
        self.store.audit_log(before, limit).await
    }

    async fn forget_stale_logins(
        &self,
        now: Timestamp,
        silent_since: Timestamp,
    ) -> Result<(), StoreError> {
        self.store.forget_stale_logins(now, silent_since).await
    }
}
