-- Who may do what: accounts, how they prove who they are, and who changed what.

CREATE TABLE accounts (
    id            BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    name          TEXT    NOT NULL UNIQUE,
    role          TEXT    NOT NULL CHECK (role IN ('viewer', 'analyst', 'admin')),
    -- Argon2id in PHC's form; none until a password is chosen.
    password_hash TEXT,
    created_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Of everything that is shown as a proof only the SHA-256 is kept.

-- Links with which a password is chosen, once.
CREATE TABLE invitations (
    account_id BLOB    NOT NULL PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    token_hash BLOB    NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
    token_hash BLOB    NOT NULL PRIMARY KEY CHECK (length(token_hash) = 32),
    account_id BLOB    NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    seen_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX sessions_by_account
    ON sessions (account_id);

CREATE TABLE api_keys (
    id          BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    account_id  BLOB    NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    name        TEXT    NOT NULL,
    most_right  TEXT    NOT NULL CHECK (most_right IN ('read', 'analyse', 'work', 'administer')),
    token_hash  BLOB    NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    created_at  INTEGER NOT NULL,
    expires_at  INTEGER,
    used_at     INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX api_keys_by_account
    ON api_keys (account_id, id);

-- Logins that failed, by the name and by the address that tried.
CREATE TABLE login_failures (
    subject TEXT    NOT NULL PRIMARY KEY,
    count   INTEGER NOT NULL,
    last_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE audit_log (
    id         BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    at         INTEGER NOT NULL,
    actor      TEXT    NOT NULL,
    via        TEXT    NOT NULL CHECK (via IN ('nothing', 'local', 'session', 'key', 'command')),
    action     TEXT    NOT NULL,
    subject    TEXT    NOT NULL,
    status     INTEGER NOT NULL,
    request_id TEXT    NOT NULL
) STRICT, WITHOUT ROWID;
