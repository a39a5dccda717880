-- What is watched, the tweets that came for it, and what the radar found in them.

CREATE TABLE watches (
    id           BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    name         TEXT    NOT NULL UNIQUE,
    query        TEXT    NOT NULL,
    is_simulated INTEGER NOT NULL CHECK (is_simulated IN (0, 1)),
    created_at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The place is the order in which the radar reads; it is never given twice.
CREATE TABLE stream_tweets (
    place       INTEGER PRIMARY KEY AUTOINCREMENT,
    watch_id    BLOB    NOT NULL REFERENCES watches (id) ON DELETE CASCADE,
    source      TEXT    NOT NULL,
    source_id   TEXT    NOT NULL,
    at          INTEGER NOT NULL,
    author      TEXT,
    text        TEXT,
    label       TEXT    NOT NULL CHECK (label IN ('negative', 'neutral', 'positive')),
    reason      TEXT,
    received_at INTEGER NOT NULL
) STRICT;

-- What comes a second time is known by its name at its source.
CREATE UNIQUE INDEX stream_tweets_by_source
    ON stream_tweets (watch_id, source, source_id);

-- To count what came when without reading the tweets themselves.
CREATE INDEX stream_tweets_by_time
    ON stream_tweets (watch_id, at, label, reason);

CREATE INDEX stream_tweets_with_text_by_arrival
    ON stream_tweets (received_at)
    WHERE text IS NOT NULL;

-- What the radar knew when it had read all up to a place: one row.
CREATE TABLE radar_state (
    id    INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    place INTEGER NOT NULL,
    state BLOB    NOT NULL
) STRICT;

CREATE TABLE incidents (
    id          BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    watch_id    BLOB    NOT NULL REFERENCES watches (id) ON DELETE CASCADE,
    -- By watch and detection an incident is known: who reads the same tweets again finds the same one.
    detected_at INTEGER NOT NULL,
    -- JSON, as REST gives it.
    incident    TEXT    NOT NULL,
    UNIQUE (watch_id, detected_at)
) STRICT, WITHOUT ROWID;

CREATE INDEX incidents_by_time
    ON incidents (detected_at);

CREATE TABLE incident_entries (
    id          BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    incident_id BLOB    NOT NULL REFERENCES incidents (id) ON DELETE CASCADE,
    reviewer    TEXT    NOT NULL,
    at          INTEGER NOT NULL,
    -- JSON: {"do": "acknowledge"}
    action      TEXT    NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX incident_entries_by_incident
    ON incident_entries (incident_id, id);

-- One row a change of an incident or its file, so that who was away is told what they missed.
CREATE TABLE incident_changes (
    place       INTEGER PRIMARY KEY AUTOINCREMENT,
    incident_id BLOB    NOT NULL REFERENCES incidents (id) ON DELETE CASCADE
) STRICT;
