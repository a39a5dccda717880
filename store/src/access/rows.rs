//! Rows of either database, turned into what they mean.

use domain::{
    Account, AccountId, AccountName, ApiKey, ApiKeyId, AuditEntry, AuditId, KeyName, Right, Role,
    Via,
};
use uuid::Uuid;

use super::{Failures, Login, Session};
use crate::{StoreError, streams::rows::time};

/// `id, name, role, password_hash, created_at`
pub(super) type AccountRow = (Uuid, String, String, Option<String>, i64);

pub(super) fn login((id, name, role, password_hash, at): AccountRow) -> Result<Login, StoreError> {
    let account = Account {
        id: AccountId(id),
        name: AccountName::parse(&name).map_err(StoreError::corrupt)?,
        role: role.parse::<Role>().map_err(StoreError::corrupt)?,
        has_password: password_hash.is_some(),
        created_at: time(at)?,
    };
    Ok(Login { account, password_hash })
}

pub(super) fn account(row: AccountRow) -> Result<Account, StoreError> {
    login(row).map(|login| login.account)
}

/// An account's columns, `created_at, seen_at`
pub(super) type SessionRow = (Uuid, String, String, Option<String>, i64, i64, i64);

pub(super) fn session(row: SessionRow) -> Result<Session, StoreError> {
    let (id, name, role, password_hash, at, created_at, seen_at) = row;
    Ok(Session {
        account: account((id, name, role, password_hash, at))?,
        created_at: time(created_at)?,
        seen_at: time(seen_at)?,
    })
}

/// `id, account_id, name, most_right, created_at, expires_at, used_at`
pub(super) type KeyRow = (Uuid, Uuid, String, String, i64, Option<i64>, Option<i64>);

pub(super) fn key(row: KeyRow) -> Result<ApiKey, StoreError> {
    let (id, account_id, name, right, created_at, expires_at, used_at) = row;
    Ok(ApiKey {
        id: ApiKeyId(id),
        account_id: AccountId(account_id),
        name: KeyName::parse(&name).map_err(StoreError::corrupt)?,
        right: right.parse::<Right>().map_err(StoreError::corrupt)?,
        created_at: time(created_at)?,
        expires_at: expires_at.map(time).transpose()?,
        used_at: used_at.map(time).transpose()?,
    })
}

/// `count, last_at`
pub(super) fn failures((count, last_at): (i64, i64)) -> Result<Failures, StoreError> {
    let count = u32::try_from(count).map_err(StoreError::corrupt)?;
    Ok(Failures { count, last_at: time(last_at)? })
}

/// `id, at, actor, via, action, subject, status, request_id`
pub(super) type AuditRow = (Uuid, i64, String, String, String, String, i64, String);

pub(super) fn entry(row: AuditRow) -> Result<AuditEntry, StoreError> {
    let (id, at, actor, via, action, subject, status, request_id) = row;
    Ok(AuditEntry {
        id: AuditId(id),
        at: time(at)?,
        actor,
        via: via.parse::<Via>().map_err(StoreError::corrupt)?,
        action,
        subject,
        status: u16::try_from(status).map_err(StoreError::corrupt)?,
        request_id,
    })
}
