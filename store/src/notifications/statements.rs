//! What is said to either database about notifications, in words that both understand.

pub(super) const CHANNELS: &str = "
SELECT id, name, kind, address, secret, watches, least_severity, language, created_at
FROM channels
ORDER BY name, id
";

pub(super) const IS_NAME_TAKEN: &str = "
SELECT COUNT(*)
FROM channels
WHERE name = $1
  AND id <> $2
";

pub(super) const PUT_CHANNEL: &str = "
INSERT INTO channels (id, name, kind, address, secret, watches, least_severity, language, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (id) DO UPDATE
SET name = excluded.name,
    kind = excluded.kind,
    address = excluded.address,
    secret = excluded.secret,
    watches = excluded.watches,
    least_severity = excluded.least_severity,
    language = excluded.language
";

pub(super) const REMOVE_CHANNEL: &str = "
DELETE FROM channels
WHERE id = $1
";

pub(super) const WATCH_RULES: &str = "
SELECT rules
FROM watch_rules
WHERE watch_id = $1
";

/// Nothing if the watch is gone.
pub(super) const PUT_WATCH_RULES: &str = "
INSERT INTO watch_rules (watch_id, rules)
SELECT id, $2
FROM watches
WHERE id = $1
ON CONFLICT (watch_id) DO UPDATE
SET rules = excluded.rules
";

pub(super) const NOTIFIED: &str = "
SELECT place
FROM notified
WHERE id = 1
";

pub(super) const BEGIN_NOTIFYING: &str = "
INSERT INTO notified (id, place)
VALUES (1, $1)
ON CONFLICT (id) DO NOTHING
";

pub(super) const GO_ON_NOTIFYING: &str = "
UPDATE notified
SET place = $2
WHERE id = 1
  AND place = $1
";

macro_rules! columns {
    () => {
        "id, channel_id, incident_id, event, severity, created_at, hold, held_until, due_at, attempts,
    failing_since, trouble, outcome, settled_at"
    };
}

macro_rules! insert_delivery {
    ($rest:literal) => {
        concat!(
            "
INSERT INTO deliveries (
    ",
            columns!(),
            "
)
SELECT $1, id, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14
FROM channels
WHERE id = $2
ON CONFLICT (id) DO UPDATE
",
            $rest
        )
    };
}

/// Nothing if the channel is gone. What somebody has begun to send stays as it is.
pub(super) const PLAN_DELIVERY: &str = insert_delivery!(
    "SET severity = excluded.severity,
    hold = excluded.hold,
    held_until = excluded.held_until,
    due_at = excluded.due_at,
    outcome = excluded.outcome,
    settled_at = excluded.settled_at
WHERE deliveries.attempts = 0
  AND deliveries.outcome IS NULL"
);

pub(super) const SETTLE_DELIVERY: &str = insert_delivery!(
    "SET due_at = excluded.due_at,
    attempts = excluded.attempts,
    failing_since = excluded.failing_since,
    trouble = excluded.trouble,
    outcome = excluded.outcome,
    settled_at = excluded.settled_at"
);

macro_rules! select_deliveries {
    ($rest:literal) => {
        concat!("\nSELECT ", columns!(), "\nFROM deliveries\n", $rest)
    };
}

pub(super) const DELIVERIES_ABOUT: &str = select_deliveries!(
    "WHERE incident_id = $1
ORDER BY id"
);

pub(super) const NEWEST_DELIVERIES: &str = select_deliveries!(
    "WHERE channel_id = $1
  AND event <> 'test'
ORDER BY id DESC
LIMIT $2"
);

pub(super) const NEWEST_TESTS: &str = select_deliveries!(
    "WHERE channel_id = $1
  AND event = 'test'
ORDER BY id DESC
LIMIT $2"
);

pub(super) const FAILING_DELIVERIES: &str = select_deliveries!(
    "WHERE outcome IS NULL
  AND failing_since IS NOT NULL
ORDER BY failing_since, id
LIMIT 1000"
);

/// Of those to a channel about an incident only the first: the others wait for it.
macro_rules! first_under_way {
    () => {
        "FROM deliveries AS due
WHERE due.outcome IS NULL
  AND NOT EXISTS (
      SELECT 1
      FROM deliveries AS earlier
      WHERE earlier.incident_id = due.incident_id
        AND earlier.channel_id = due.channel_id
        AND earlier.id < due.id
        AND earlier.outcome IS NULL
  )
"
    };
}

pub(super) const CLAIM_DELIVERIES: &str = concat!(
    "
UPDATE deliveries
SET due_at = $2
WHERE id IN (
    SELECT due.id
    ",
    first_under_way!(),
    "  AND due.due_at <= $1
    ORDER BY due.due_at, due.id
    LIMIT $3
)
RETURNING ",
    columns!()
);

pub(super) const NEXT_DUE: &str = concat!("\nSELECT MIN(due.due_at)\n", first_under_way!());

pub(super) const NEWEST_ALARM: &str = "
SELECT COALESCE(deliveries.held_until, deliveries.created_at) AS told_at, deliveries.severity
FROM deliveries
JOIN incidents
    ON incidents.id = deliveries.incident_id
WHERE deliveries.channel_id = $1
  AND incidents.watch_id = $2
  AND deliveries.event IN ('opened', 'worsened')
  AND (deliveries.outcome IS NULL OR deliveries.outcome = 'delivered')
ORDER BY told_at DESC
LIMIT 1
";

pub(super) const INCIDENTS_SINCE: &str = "
SELECT watch_id, incident
FROM incidents
WHERE detected_at >= $1
ORDER BY detected_at
";

pub(super) const INCIDENT_ACTIONS: &str = "
SELECT incident_entries.incident_id, incident_entries.action
FROM incident_entries
JOIN incidents
    ON incidents.id = incident_entries.incident_id
WHERE incidents.watch_id = $1
ORDER BY incident_entries.incident_id, incident_entries.id
";
