-- Who is told of incidents, what they were told, and when a watch rather keeps quiet.

CREATE TABLE channels (
    id             BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    name           TEXT NOT NULL UNIQUE,
    kind           TEXT NOT NULL CHECK (kind IN ('webhook', 'slack', 'email')),
    address        TEXT NOT NULL,
    -- What a webhook's messages are signed with, as it was given: signing needs it.
    secret         TEXT,
    -- JSON: the ids of watches; of all that are not simulated if it is empty.
    watches        TEXT NOT NULL,
    least_severity TEXT NOT NULL CHECK (least_severity IN ('low', 'moderate', 'high', 'critical')),
    language       TEXT NOT NULL CHECK (language IN ('en', 'fr')),
    created_at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- One row a message, from when it is due until something has become of it.
CREATE TABLE deliveries (
    id            BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    channel_id    BLOB NOT NULL REFERENCES channels (id) ON DELETE CASCADE,
    incident_id   BLOB REFERENCES incidents (id) ON DELETE CASCADE,
    event         TEXT NOT NULL CHECK (event IN ('test', 'opened', 'worsened', 'ended')),
    severity      TEXT NOT NULL CHECK (severity IN ('low', 'moderate', 'high', 'critical')),
    created_at    INTEGER NOT NULL,
    hold          TEXT CHECK (hold IN ('quiet_hours', 'cooldown', 'campaign')),
    held_until    INTEGER,
    -- Whoever sends a message puts this off first: no other sends it meanwhile, and if the sender dies it is due again.
    due_at        INTEGER NOT NULL,
    attempts      INTEGER NOT NULL,
    failing_since INTEGER,
    -- JSON
    trouble       TEXT,
    outcome       TEXT CHECK (outcome IN ('delivered', 'dropped', 'given_up')),
    settled_at    INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX deliveries_under_way
    ON deliveries (due_at)
    WHERE outcome IS NULL;

CREATE INDEX deliveries_by_incident
    ON deliveries (incident_id, channel_id, id);

CREATE INDEX deliveries_by_channel
    ON deliveries (channel_id, id);

-- Up to which change of incidents it was decided who is told: one row.
CREATE TABLE notified (
    id    INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    place INTEGER NOT NULL
) STRICT;

CREATE TABLE watch_rules (
    watch_id BLOB NOT NULL PRIMARY KEY REFERENCES watches (id) ON DELETE CASCADE,
    -- JSON, as REST gives it.
    rules    TEXT NOT NULL
) STRICT, WITHOUT ROWID;
