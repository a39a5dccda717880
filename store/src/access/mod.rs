//! Accounts, how they prove who they are, and the log of changes.

mod conversation;
mod rows;
mod statements;

use async_trait::async_trait;
use domain::{Account, AccountId, AccountName, ApiKey, ApiKeyId, AuditEntry, AuditId, Role};
use jiff::Timestamp;

use crate::StoreError;

pub(crate) use conversation::{postgres, sqlite};

/// The SHA-256 of something that is shown as a proof: the thing itself is not kept.
pub type TokenHash = [u8; 32];

/// What became of a change of an account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AccountChange {
    /// It is done.
    Done,
    /// There is no such account.
    #[default]
    Unknown,
    /// Nobody could administer the service any more: nothing was done.
    LastAdmin,
}

/// An account with what its password is held against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Login {
    /// The account.
    pub account: Account,
    /// Argon2id in PHC's form; `None` until a password is chosen.
    pub password_hash: Option<String>,
}

/// Somebody who has logged in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Who.
    pub account: Account,
    /// When they logged in.
    pub created_at: Timestamp,
    /// When they last asked for something, to the minute or so.
    pub seen_at: Timestamp,
}

/// Logins that failed one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failures {
    /// How many.
    pub count: u32,
    /// When the last of them was.
    pub last_at: Timestamp,
}

/// What the product asks of a database about who may do what.
#[async_trait]
pub trait AccessStore: Send + Sync {
    /// All accounts, by name.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn accounts(&self) -> Result<Vec<Account>, StoreError>;

    /// Whether there is any account.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn has_accounts(&self) -> Result<bool, StoreError>;

    /// The account of that name, with what its password is held against.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn login(&self, name: &AccountName) -> Result<Option<Login>, StoreError>;

    /// Keeps a new account, without a password; `false` if another has its name.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn make_account(&self, account: &Account) -> Result<bool, StoreError>;

    /// Gives an account another role.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn change_role(&self, id: AccountId, role: Role) -> Result<AccountChange, StoreError>;

    /// Removes an account with its sessions and keys. What it has said of texts stays.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn remove_account(&self, id: AccountId) -> Result<AccountChange, StoreError>;

    /// Keeps the link with which an account's password is chosen, instead of an earlier one; `false` if there is
    /// no such account.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn invite(
        &self,
        id: AccountId,
        token: TokenHash,
        expires_at: Timestamp,
    ) -> Result<bool, StoreError>;

    /// The account whose password is chosen with that link at `now`.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn invited(
        &self,
        token: TokenHash,
        now: Timestamp,
    ) -> Result<Option<Account>, StoreError>;

    /// Keeps the password that was chosen with a link, once; whoever was logged in no longer is. `None` if the link is of
    /// no use at `now`.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn redeem(
        &self,
        token: TokenHash,
        password_hash: &str,
        now: Timestamp,
    ) -> Result<Option<Account>, StoreError>;

    /// Keeps that somebody has logged in. `false` if the account is gone.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn open_session(
        &self,
        token: TokenHash,
        id: AccountId,
        now: Timestamp,
    ) -> Result<bool, StoreError>;

    /// Who has logged in with that proof.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn session(&self, token: TokenHash) -> Result<Option<Session>, StoreError>;

    /// Keeps that they asked for something.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn see_session(&self, token: TokenHash, now: Timestamp) -> Result<(), StoreError>;

    /// Ends a session; `false` if there is none.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn close_session(&self, token: TokenHash) -> Result<bool, StoreError>;

    /// Keeps a new key. `false` if its account is gone.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn make_key(&self, key: &ApiKey, token: TokenHash) -> Result<bool, StoreError>;

    /// The keys of an account, the oldest first.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn keys_of(&self, id: AccountId) -> Result<Vec<ApiKey>, StoreError>;

    /// The key with that secret, and whose it is.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn key(&self, token: TokenHash) -> Result<Option<(Account, ApiKey)>, StoreError>;

    /// Keeps that a key was used.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn use_key(&self, id: ApiKeyId, now: Timestamp) -> Result<(), StoreError>;

    /// Removes a key of an account; `false` if it has no such key.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn revoke_key(&self, id: ApiKeyId, of: AccountId) -> Result<bool, StoreError>;

    /// Logins of `subject` that failed since one succeeded.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn login_failures(&self, subject: &str) -> Result<Option<Failures>, StoreError>;

    /// Counts a login that failed, and gives how many did; those before `forgotten` are forgotten.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn note_login_failure(
        &self,
        subject: &str,
        now: Timestamp,
        forgotten: Timestamp,
    ) -> Result<u32, StoreError>;

    /// Counts one less.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn take_back_login_failure(&self, subject: &str) -> Result<(), StoreError>;

    /// Forgets that logins of `subject` failed.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn forget_login_failures(&self, subject: &str) -> Result<(), StoreError>;

    /// Appends to the log of changes.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn append_audit(&self, entry: &AuditEntry) -> Result<(), StoreError>;

    /// Up to `limit` entries of the log of changes before `before`, newest first.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn audit_log(
        &self,
        before: Option<AuditId>,
        limit: u32,
    ) -> Result<Vec<AuditEntry>, StoreError>;

    /// Removes links that are of no use at `now`, and sessions and failed logins of which nothing was heard since `silent_since`.
    ///
    /// # Errors
    /// See [`StoreError`].
    async fn forget_stale_logins(
        &self,
        now: Timestamp,
        silent_since: Timestamp,
    ) -> Result<(), StoreError>;
}
