//! What is said to either database about streams, in words that both understand.

pub(super) const PUT_WATCH: &str = "
INSERT INTO watches (id, name, query, is_simulated, created_at)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (id) DO UPDATE
SET name = excluded.name,
    query = excluded.query
";

pub(super) const IS_NAME_TAKEN: &str = "
SELECT COUNT(*)
FROM watches
WHERE name = $1
  AND id <> $2
";

pub(super) const WATCHES: &str = "
SELECT id, name, query, is_simulated, created_at
FROM watches
ORDER BY name, id
";

pub(super) const REMOVE_SOME_TWEETS: &str = "
DELETE FROM stream_tweets
WHERE place IN (
    SELECT place
    FROM stream_tweets
    WHERE watch_id = $1
    LIMIT $2
)
";

pub(super) const REMOVE_WATCH: &str = "
DELETE FROM watches
WHERE id = $1
";

/// Nothing if the watch is gone.
pub(super) const APPEND_TWEET: &str = "
INSERT INTO stream_tweets (
    watch_id,
    source,
    source_id,
    at,
    author,
    text,
    label,
    reason,
    confidence,
    received_at
)
SELECT id, $2, $3, $4, $5, $6, $7, $8, $9, $10
FROM watches
WHERE id = $1
ON CONFLICT (watch_id, source, source_id) DO NOTHING
";

macro_rules! select_tweets {
    ($rest:literal) => {
        concat!(
            "
SELECT
    place,
    watch_id,
    source,
    source_id,
    at,
    author,
    text,
    label,
    reason,
    confidence,
    received_at
FROM stream_tweets
",
            $rest
        )
    };
}

pub(super) const TWEETS_AFTER: &str = select_tweets!(
    "WHERE place > $1
ORDER BY place
LIMIT $2"
);

pub(super) const TWEETS_OF_AFTER: &str = select_tweets!(
    "WHERE watch_id = $1
  AND at >= $2
  AND place > $3
ORDER BY place
LIMIT $4"
);

pub(super) const TWEETS_OF: &str = select_tweets!(
    "WHERE watch_id = $1
  AND at >= $2
  AND at < $3
ORDER BY at DESC, place DESC
LIMIT $4"
);

pub(super) const NEGATIVE_TWEETS_OF: &str = select_tweets!(
    "WHERE watch_id = $1
  AND at >= $2
  AND at < $3
  AND label = 'negative'
ORDER BY at DESC, place DESC
LIMIT $4"
);

pub(super) const TWEET_COUNTS: &str = "
SELECT
    at / $4 AS stretch,
    COUNT(*) AS tweets,
    COUNT(CASE WHEN label = 'negative' THEN 1 END) AS negatives
FROM stream_tweets
WHERE watch_id = $1
  AND at >= $2
  AND at < $3
GROUP BY 1
ORDER BY 1
";

pub(super) const REASON_COUNTS: &str = "
SELECT reason, COUNT(*) AS negatives
FROM stream_tweets
WHERE watch_id = $1
  AND at >= $2
  AND at < $3
  AND label = 'negative'
  AND reason IS NOT NULL
GROUP BY reason
ORDER BY negatives DESC, reason
";

pub(super) const NEWEST_TWEET_AT: &str = "
SELECT MAX(at)
FROM stream_tweets
WHERE watch_id = $1
";

pub(super) const RADAR_STATE: &str = "
SELECT place, state
FROM radar_state
WHERE id = 1
";

pub(super) const KEEP_RADAR_STATE: &str = "
INSERT INTO radar_state (id, place, state)
VALUES (1, $1, $2)
ON CONFLICT (id) DO UPDATE
SET place = excluded.place,
    state = excluded.state
WHERE excluded.place > radar_state.place
";

/// The id that the incident has, whoever recorded it first; nothing if it says nothing new.
pub(super) const RECORD_INCIDENT: &str = "
INSERT INTO incidents (id, watch_id, detected_at, incident)
SELECT $1, id, $3, $4
FROM watches
WHERE id = $2
ON CONFLICT (watch_id, detected_at) DO UPDATE
SET incident = excluded.incident
WHERE incidents.incident <> excluded.incident
RETURNING id
";

macro_rules! select_incidents {
    ($rest:literal) => {
        concat!(
            "
SELECT id, watch_id, incident
FROM incidents
",
            $rest
        )
    };
}

pub(super) const INCIDENT: &str = select_incidents!("WHERE id = $1");

pub(super) const INCIDENTS: &str = select_incidents!(
    "ORDER BY detected_at DESC, id DESC
LIMIT $1"
);

pub(super) const INCIDENTS_OF: &str = select_incidents!(
    "WHERE watch_id = $2
ORDER BY detected_at DESC, id DESC
LIMIT $1"
);

pub(super) const ENTRIES: &str = "
SELECT id, reviewer, at, action
FROM incident_entries
WHERE incident_id = $1
ORDER BY id
";

/// No row if there is no such incident.
pub(super) const APPEND_ENTRY: &str = "
INSERT INTO incident_entries (id, incident_id, reviewer, at, action)
SELECT $1, id, $3, $4, $5
FROM incidents
WHERE id = $2
";

pub(super) const NOTE_CHANGE: &str = "
INSERT INTO incident_changes (incident_id)
VALUES ($1)
";

pub(super) const CHANGED_AFTER: &str = "
SELECT MAX(place) AS place, incident_id
FROM incident_changes
WHERE place > $1
GROUP BY incident_id
ORDER BY 1
LIMIT $2
";

pub(super) const NEWEST_CHANGE: &str = "
SELECT MAX(place)
FROM incident_changes
";

pub(super) const SOURCE_PROGRESS: &str = "
SELECT source, cursor, month, reads
FROM source_progress
WHERE source = $1
";

pub(super) const KEEP_SOURCE_PROGRESS: &str = "
INSERT INTO source_progress (source, cursor, month, reads)
VALUES ($1, $2, $3, $4)
ON CONFLICT (source) DO UPDATE
SET cursor = excluded.cursor,
    month = excluded.month,
    reads = excluded.reads
";

pub(super) const FORGET_SOME_TEXTS: &str = "
UPDATE stream_tweets
SET text = NULL,
    author = NULL
WHERE place IN (
    SELECT place
    FROM stream_tweets
    WHERE text IS NOT NULL
      AND received_at < $1
    LIMIT $2
)
";
