//! What is asked and answered, once for both databases, as in `streams::conversation`.

use domain::{Account, AccountId, AccountName, ApiKey, ApiKeyId, AuditEntry, AuditId, Role};
use jiff::Timestamp;
use uuid::Uuid;

use super::{AccountChange, Failures, Login, Session, TokenHash, rows, statements};
use crate::{StoreError, for_both::for_both};

for_both! {
    pub(crate) async fn accounts(connection: &mut Connection) -> Result<Vec<Account>, StoreError> {
        let found = sqlx::query_as(statements::ACCOUNTS).fetch_all(connection).await?;
        found.into_iter().map(rows::account).collect()
    }

    pub(crate) async fn has_accounts(connection: &mut Connection) -> Result<bool, StoreError> {
        let (count,): (i64,) = sqlx::query_as(statements::HAS_ACCOUNTS).fetch_one(connection).await?;
        Ok(count > 0)
    }

    pub(crate) async fn login(connection: &mut Connection, name: &AccountName) -> Result<Option<Login>, StoreError> {
        let found =
            sqlx::query_as(statements::ACCOUNT_NAMED).bind(name.as_str()).fetch_optional(connection).await?;
        found.map(rows::login).transpose()
    }

    async fn account(connection: &mut Connection, id: AccountId) -> Result<Option<Account>, StoreError> {
        let found = sqlx::query_as(statements::ACCOUNT).bind(id.0).fetch_optional(connection).await?;
        found.map(rows::account).transpose()
    }

    pub(crate) async fn make_account(connection: &mut Connection, account: &Account) -> Result<bool, StoreError> {
        let made = sqlx::query(statements::MAKE_ACCOUNT)
            .bind(account.id.0)
            .bind(account.name.as_str())
            .bind(account.role.as_str())
            .bind(account.created_at.as_microsecond())
            .execute(connection)
            .await?;
        Ok(made.rows_affected() > 0)
    }

    pub(crate) async fn change_role(
        connection: &mut Connection,
        id: AccountId,
        role: Role,
    ) -> Result<AccountChange, StoreError> {
        let may = may_lose_rights(connection, id, role != Role::Admin).await?;
        if may == AccountChange::Done {
            sqlx::query(statements::CHANGE_ROLE).bind(id.0).bind(role.as_str()).execute(connection).await?;
        }
        Ok(may)
    }

    pub(crate) async fn remove_account(connection: &mut Connection, id: AccountId) -> Result<AccountChange, StoreError> {
        let may = may_lose_rights(connection, id, true).await?;
        if may == AccountChange::Done {
            sqlx::query(statements::REMOVE_ACCOUNT).bind(id.0).execute(connection).await?;
        }
        Ok(may)
    }

    /// Whether there would still be an admin if this account were none.
    async fn may_lose_rights(
        connection: &mut Connection,
        id: AccountId,
        loses: bool,
    ) -> Result<AccountChange, StoreError> {
        let Some(account) = account(connection, id).await? else { return Ok(AccountChange::Unknown) };
        let (others,): (i64,) =
            sqlx::query_as(statements::OTHER_ADMINS).bind(id.0).fetch_one(connection).await?;
        let is_last = account.role == Role::Admin && others == 0;
        Ok(if is_last && loses { AccountChange::LastAdmin } else { AccountChange::Done })
    }

    pub(crate) async fn invite(
        connection: &mut Connection,
        id: AccountId,
        token: TokenHash,
        expires_at: Timestamp,
    ) -> Result<bool, StoreError> {
        let kept = sqlx::query(statements::INVITE)
            .bind(id.0)
            .bind(token.to_vec())
            .bind(expires_at.as_microsecond())
            .execute(connection)
            .await?;
        Ok(kept.rows_affected() > 0)
    }

    pub(crate) async fn invited(
        connection: &mut Connection,
        token: TokenHash,
        now: Timestamp,
    ) -> Result<Option<Account>, StoreError> {
        let found = sqlx::query_as(statements::INVITED)
            .bind(token.to_vec())
            .bind(now.as_microsecond())
            .fetch_optional(connection)
            .await?;
        found.map(rows::account).transpose()
    }

    pub(crate) async fn redeem(
        connection: &mut Connection,
        token: TokenHash,
        password_hash: &str,
        now: Timestamp,
    ) -> Result<Option<Account>, StoreError> {
        let used: Option<(Uuid,)> = sqlx::query_as(statements::USE_INVITATION)
            .bind(token.to_vec())
            .bind(now.as_microsecond())
            .fetch_optional(&mut *connection)
            .await?;
        let Some((id,)) = used else { return Ok(None) };
        sqlx::query(statements::SET_PASSWORD).bind(id).bind(password_hash).execute(&mut *connection).await?;
        sqlx::query(statements::CLOSE_SESSIONS_OF).bind(id).execute(&mut *connection).await?;
        account(connection, AccountId(id)).await
    }

    pub(crate) async fn open_session(
        connection: &mut Connection,
        token: TokenHash,
        id: AccountId,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let opened = sqlx::query(statements::OPEN_SESSION)
            .bind(token.to_vec())
            .bind(id.0)
            .bind(now.as_microsecond())
            .execute(connection)
            .await?;
        Ok(opened.rows_affected() > 0)
    }

    pub(crate) async fn session(connection: &mut Connection, token: TokenHash) -> Result<Option<Session>, StoreError> {
        let found =
            sqlx::query_as(statements::SESSION).bind(token.to_vec()).fetch_optional(connection).await?;
        found.map(rows::session).transpose()
    }

    pub(crate) async fn see_session(
        connection: &mut Connection,
        token: TokenHash,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        sqlx::query(statements::SEE_SESSION)
            .bind(token.to_vec())
            .bind(now.as_microsecond())
            .execute(connection)
            .await?;
        Ok(())
    }

    pub(crate) async fn close_session(connection: &mut Connection, token: TokenHash) -> Result<bool, StoreError> {
        let closed = sqlx::query(statements::CLOSE_SESSION).bind(token.to_vec()).execute(connection).await?;
        Ok(closed.rows_affected() > 0)
    }

    pub(crate) async fn make_key(
        connection: &mut Connection,
        key: &ApiKey,
        token: TokenHash,
    ) -> Result<bool, StoreError> {
        let made = sqlx::query(statements::MAKE_KEY)
            .bind(key.id.0)
            .bind(key.account_id.0)
            .bind(key.name.as_str())
            .bind(key.right.as_str())
            .bind(token.to_vec())
            .bind(key.created_at.as_microsecond())
            .bind(key.expires_at.map(Timestamp::as_microsecond))
            .execute(connection)
            .await?;
        Ok(made.rows_affected() > 0)
    }

    pub(crate) async fn keys_of(connection: &mut Connection, id: AccountId) -> Result<Vec<ApiKey>, StoreError> {
        let found = sqlx::query_as(statements::KEYS_OF).bind(id.0).fetch_all(connection).await?;
        found.into_iter().map(rows::key).collect()
    }

    pub(crate) async fn key(
        connection: &mut Connection,
        token: TokenHash,
    ) -> Result<Option<(Account, ApiKey)>, StoreError> {
        let found =
            sqlx::query_as(statements::KEY).bind(token.to_vec()).fetch_optional(&mut *connection).await?;
        let Some(key) = found.map(rows::key).transpose()? else { return Ok(None) };
        let account = account(connection, key.account_id).await?;
        Ok(account.map(|account| (account, key)))
    }

    pub(crate) async fn use_key(connection: &mut Connection, id: ApiKeyId, now: Timestamp) -> Result<(), StoreError> {
        sqlx::query(statements::USE_KEY).bind(id.0).bind(now.as_microsecond()).execute(connection).await?;
        Ok(())
    }

    pub(crate) async fn revoke_key(
        connection: &mut Connection,
        id: ApiKeyId,
        of: AccountId,
    ) -> Result<bool, StoreError> {
        let revoked = sqlx::query(statements::REVOKE_KEY).bind(id.0).bind(of.0).execute(connection).await?;
        Ok(revoked.rows_affected() > 0)
    }

    pub(crate) async fn login_failures(
        connection: &mut Connection,
        subject: &str,
    ) -> Result<Option<Failures>, StoreError> {
        let found =
            sqlx::query_as(statements::LOGIN_FAILURES).bind(subject).fetch_optional(connection).await?;
        found.map(rows::failures).transpose()
    }

    pub(crate) async fn note_login_failure(
        connection: &mut Connection,
        subject: &str,
        now: Timestamp,
        forgotten: Timestamp,
    ) -> Result<u32, StoreError> {
        let (count,): (i64,) = sqlx::query_as(statements::NOTE_LOGIN_FAILURE)
            .bind(subject)
            .bind(now.as_microsecond())
            .bind(forgotten.as_microsecond())
            .fetch_one(connection)
            .await?;
        u32::try_from(count).map_err(StoreError::corrupt)
    }

    pub(crate) async fn forget_login_failures(connection: &mut Connection, subject: &str) -> Result<(), StoreError> {
        sqlx::query(statements::FORGET_LOGIN_FAILURES).bind(subject).execute(connection).await?;
        Ok(())
    }

    pub(crate) async fn take_back_login_failure(connection: &mut Connection, subject: &str) -> Result<(), StoreError> {
        sqlx::query(statements::TAKE_BACK_LOGIN_FAILURE).bind(subject).execute(connection).await?;
        Ok(())
    }

    pub(crate) async fn append_audit(connection: &mut Connection, entry: &AuditEntry) -> Result<(), StoreError> {
        sqlx::query(statements::APPEND_AUDIT)
            .bind(entry.id.0)
            .bind(entry.at.as_microsecond())
            .bind(&entry.actor)
            .bind(entry.via.as_str())
            .bind(&entry.action)
            .bind(&entry.subject)
            .bind(i64::from(entry.status))
            .bind(&entry.request_id)
            .execute(connection)
            .await?;
        Ok(())
    }

    pub(crate) async fn audit_log(
        connection: &mut Connection,
        before: Option<AuditId>,
        limit: u32,
    ) -> Result<Vec<AuditEntry>, StoreError> {
        let found = sqlx::query_as(statements::AUDIT_LOG)
            .bind(before.map_or(Uuid::max(), |id| id.0))
            .bind(i64::from(limit))
            .fetch_all(connection)
            .await?;
        found.into_iter().map(rows::entry).collect()
    }

    pub(crate) async fn forget_stale_logins(
        connection: &mut Connection,
        now: Timestamp,
        silent_since: Timestamp,
    ) -> Result<(), StoreError> {
        let silent_since = silent_since.as_microsecond();
        sqlx::query(statements::FORGET_INVITATIONS).bind(now.as_microsecond()).execute(&mut *connection).await?;
        sqlx::query(statements::FORGET_SESSIONS).bind(silent_since).execute(&mut *connection).await?;
        sqlx::query(statements::FORGET_FAILURES).bind(silent_since).execute(connection).await?;
        Ok(())
    }
}
