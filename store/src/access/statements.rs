//! What is said to either database about who may do what, in words that both understand.

macro_rules! account {
    () => {
        "accounts.id, accounts.name, accounts.role, accounts.password_hash, accounts.created_at"
    };
}

macro_rules! key {
    () => {
        "api_keys.id, api_keys.account_id, api_keys.name, api_keys.most_right, api_keys.created_at, api_keys.expires_at, api_keys.used_at"
    };
}

pub(super) const ACCOUNTS: &str =
    concat!("\nSELECT ", account!(), "\nFROM accounts\nORDER BY accounts.name\n");

pub(super) const ACCOUNT: &str =
    concat!("\nSELECT ", account!(), "\nFROM accounts\nWHERE accounts.id = $1\n");

pub(super) const ACCOUNT_NAMED: &str =
    concat!("\nSELECT ", account!(), "\nFROM accounts\nWHERE accounts.name = $1\n");

pub(super) const HAS_ACCOUNTS: &str = "
SELECT COUNT(*)
FROM (
    SELECT 1
    FROM accounts
    LIMIT 1
) AS first
";

pub(super) const MAKE_ACCOUNT: &str = "
INSERT INTO accounts (id, name, role, created_at)
VALUES ($1, $2, $3, $4)
ON CONFLICT (name) DO NOTHING
";

/// Those who can log in.
pub(super) const OTHER_ADMINS: &str = "
SELECT COUNT(*)
FROM accounts
WHERE role = 'admin'
  AND password_hash IS NOT NULL
  AND id <> $1
";

pub(super) const CHANGE_ROLE: &str = "
UPDATE accounts
SET role = $2
WHERE id = $1
";

pub(super) const REMOVE_ACCOUNT: &str = "
DELETE FROM accounts
WHERE id = $1
";

/// Nothing if the account is gone.
pub(super) const INVITE: &str = "
INSERT INTO invitations (account_id, token_hash, expires_at)
SELECT id, $2, $3
FROM accounts
WHERE id = $1
ON CONFLICT (account_id) DO UPDATE
SET token_hash = excluded.token_hash,
    expires_at = excluded.expires_at
";

pub(super) const INVITED: &str = concat!(
    "\nSELECT ",
    account!(),
    "
FROM invitations
JOIN accounts
    ON accounts.id = invitations.account_id
WHERE invitations.token_hash = $1
  AND invitations.expires_at > $2
"
);

pub(super) const USE_INVITATION: &str = "
DELETE FROM invitations
WHERE token_hash = $1
  AND expires_at > $2
RETURNING account_id
";

pub(super) const SET_PASSWORD: &str = "
UPDATE accounts
SET password_hash = $2
WHERE id = $1
";

pub(super) const CLOSE_SESSIONS_OF: &str = "
DELETE FROM sessions
WHERE account_id = $1
";

/// Nothing if the account is gone.
pub(super) const OPEN_SESSION: &str = "
INSERT INTO sessions (token_hash, account_id, created_at, seen_at)
SELECT $1, id, $3, $3
FROM accounts
WHERE id = $2
";

pub(super) const SESSION: &str = concat!(
    "\nSELECT ",
    account!(),
    ", sessions.created_at, sessions.seen_at
FROM sessions
JOIN accounts
    ON accounts.id = sessions.account_id
WHERE sessions.token_hash = $1
"
);

pub(super) const SEE_SESSION: &str = "
UPDATE sessions
SET seen_at = $2
WHERE token_hash = $1
  AND seen_at < $2
";

pub(super) const CLOSE_SESSION: &str = "
DELETE FROM sessions
WHERE token_hash = $1
";

/// Nothing if the account is gone.
pub(super) const MAKE_KEY: &str = "
INSERT INTO api_keys (id, account_id, name, most_right, token_hash, created_at, expires_at)
SELECT $1, id, $3, $4, $5, $6, $7
FROM accounts
WHERE id = $2
";

pub(super) const KEYS_OF: &str = concat!(
    "\nSELECT ",
    key!(),
    "
FROM api_keys
WHERE api_keys.account_id = $1
ORDER BY api_keys.id
"
);

pub(super) const KEY: &str = concat!(
    "\nSELECT ",
    key!(),
    "
FROM api_keys
WHERE api_keys.token_hash = $1
"
);

pub(super) const USE_KEY: &str = "
UPDATE api_keys
SET used_at = $2
WHERE id = $1
";

pub(super) const REVOKE_KEY: &str = "
DELETE FROM api_keys
WHERE id = $1
  AND account_id = $2
";

pub(super) const LOGIN_FAILURES: &str = "
SELECT count, last_at
FROM login_failures
WHERE subject = $1
";

pub(super) const NOTE_LOGIN_FAILURE: &str = "
INSERT INTO login_failures (subject, count, last_at)
VALUES ($1, 1, $2)
ON CONFLICT (subject) DO UPDATE
SET count = CASE
        WHEN login_failures.last_at < $3 THEN 1
        ELSE login_failures.count + 1
    END,
    last_at = excluded.last_at
RETURNING count
";

pub(super) const TAKE_BACK_LOGIN_FAILURE: &str = "
UPDATE login_failures
SET count = count - 1
WHERE subject = $1
  AND count > 0
";

pub(super) const FORGET_LOGIN_FAILURES: &str = "
DELETE FROM login_failures
WHERE subject = $1
";

pub(super) const APPEND_AUDIT: &str = "
INSERT INTO audit_log (id, at, actor, via, action, subject, status, request_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
";

pub(super) const AUDIT_LOG: &str = "
SELECT id, at, actor, via, action, subject, status, request_id
FROM audit_log
WHERE id < $1
ORDER BY id DESC
LIMIT $2
";

pub(super) const FORGET_INVITATIONS: &str = "
DELETE FROM invitations
WHERE expires_at <= $1
";

pub(super) const FORGET_SESSIONS: &str = "
DELETE FROM sessions
WHERE seen_at < $1
";

pub(super) const FORGET_FAILURES: &str = "
DELETE FROM login_failures
WHERE last_at < $1
";
