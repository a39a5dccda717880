//! What is said to PostgreSQL.

pub(super) const INSERT_ANALYSIS: &str = "
INSERT INTO analyses (
    id,
    text,
    text_hash,
    label,
    confidence,
    negative,
    neutral,
    positive,
    known,
    language,
    model_name,
    model_version,
    created_at,
    duration_us,
    reason,
    reason_confidence,
    sure
)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
";

/// Analyses, each with the newest labelled one of its reviewers' latest entries.
macro_rules! select_analyses {
    ($rest:literal) => {
        concat!(
            "
SELECT
    analyses.id,
    analyses.text,
    analyses.label,
    analyses.confidence,
    analyses.negative,
    analyses.neutral,
    analyses.positive,
    analyses.known,
    analyses.language,
    analyses.model_name,
    analyses.model_version,
    analyses.created_at,
    analyses.duration_us,
    analyses.reason,
    analyses.reason_confidence,
    analyses.sure,
    in_force.label    AS feedback_label,
    in_force.reviewer AS feedback_reviewer,
    in_force.at       AS feedback_at
FROM analyses
LEFT JOIN LATERAL (
    SELECT latest.label, latest.reviewer, latest.at
    FROM (
        SELECT DISTINCT ON (entry.reviewer)
            entry.id,
            entry.label,
            entry.reviewer,
            entry.at
        FROM feedback AS entry
        WHERE entry.analysis_id = analyses.id
          AND NOT EXISTS (
              SELECT 1
              FROM undone_acts
              WHERE undone_acts.act_id = entry.act_id
          )
        ORDER BY entry.reviewer, entry.at DESC, entry.id DESC
    ) AS latest
    WHERE latest.label IS NOT NULL
    ORDER BY latest.at DESC, latest.id DESC
    LIMIT 1
) AS in_force ON TRUE
",
            $rest
        )
    };
}

pub(super) const ANALYSIS: &str = select_analyses!("WHERE analyses.id = $1");

pub(super) const ANALYSES: &str = select_analyses!(
    "WHERE analyses.id < $1
ORDER BY analyses.id DESC
LIMIT $2"
);

pub(super) const NEWEST_ANALYSIS_OF: &str = select_analyses!(
    "WHERE analyses.text_hash = $1
  AND analyses.text = $2
ORDER BY analyses.id DESC
LIMIT 1"
);

/// No row if there is no such analysis; never earlier than what its reviewer said before.
pub(super) const APPEND_FEEDBACK: &str = "
INSERT INTO feedback (id, analysis_id, reviewer, label, at)
SELECT
    $1,
    analyses.id,
    $3,
    $4,
    GREATEST(
        $5,
        (
            SELECT MAX(earlier.at) + 1
            FROM feedback AS earlier
            WHERE earlier.analysis_id = $2
              AND earlier.reviewer = $3
        )
    )
FROM analyses
WHERE analyses.id = $2
";

/// Rows that another program is forgetting just now are left to it.
pub(super) const FORGET_SOME_TEXTS: &str = "
UPDATE analyses
SET text = NULL,
    text_hash = NULL
WHERE id IN (
    SELECT id
    FROM analyses
    WHERE text IS NOT NULL
      AND created_at < $1
    LIMIT $2
    FOR NO KEY UPDATE SKIP LOCKED
)
";

pub(super) const PING: &str = "
SELECT id
FROM analyses
LIMIT 1
";

/// Feedback is on the disk before it is acknowledged, whatever the server or the role has as default.
pub(super) const COMMIT_TO_DISK: &str = "SET synchronous_commit = on";

/// Held until the transaction ends.
pub(super) const IN_TURN: &str = "SELECT pg_advisory_xact_lock(8617331002)";
