-- Who may do what: accounts, how they prove who they are, and who changed what.

CREATE TABLE accounts (
    id            UUID   NOT NULL PRIMARY KEY,
    name          TEXT   NOT NULL UNIQUE,
    role          TEXT   NOT NULL CHECK (role IN ('viewer', 'analyst', 'admin')),
    -- Argon2id in PHC's form; none until a password is chosen.
    password_hash TEXT,
    created_at    BIGINT NOT NULL
);

-- Of everything that is shown as a proof only the SHA-256 is kept.

-- Links with which a password is chosen, once.
CREATE TABLE invitations (
    account_id UUID   NOT NULL PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    token_hash BYTEA  NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32),
    expires_at BIGINT NOT NULL
);

CREATE TABLE sessions (
    token_hash BYTEA  NOT NULL PRIMARY KEY CHECK (octet_length(token_hash) = 32),
    account_id UUID   NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    created_at BIGINT NOT NULL,
    seen_at    BIGINT NOT NULL
);

CREATE INDEX sessions_by_account
    ON sessions (account_id);

CREATE TABLE api_keys (
    id          UUID   NOT NULL PRIMARY KEY,
    account_id  UUID   NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    name        TEXT   NOT NULL,
    most_right  TEXT   NOT NULL CHECK (most_right IN ('read', 'analyse', 'work', 'administer')),
    token_hash  BYTEA  NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32),
    created_at  BIGINT NOT NULL,
    expires_at  BIGINT,
    used_at     BIGINT
);

CREATE INDEX api_keys_by_account
    ON api_keys (account_id, id);

-- Logins that failed, by the name and by the address that tried.
CREATE TABLE login_failures (
    subject TEXT   NOT NULL PRIMARY KEY,
    count   BIGINT NOT NULL,
    last_at BIGINT NOT NULL
);

CREATE TABLE audit_log (
    id         UUID   NOT NULL PRIMARY KEY,
    at         BIGINT NOT NULL,
    actor      TEXT   NOT NULL,
    via        TEXT   NOT NULL CHECK (via IN ('nothing', 'local', 'session', 'key', 'command')),
    action     TEXT   NOT NULL,
    subject    TEXT   NOT NULL,
    status     BIGINT NOT NULL,
    request_id TEXT   NOT NULL
);
