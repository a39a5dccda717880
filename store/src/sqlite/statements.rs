//! What is said to SQLite.

use std::sync::LazyLock;

/// How many analyses one statement inserts at most.
pub(super) const INSERTED_AT_ONCE: usize = 32;

/// Inserts `count` analyses, 1 to [`INSERTED_AT_ONCE`]. A driver on another thread takes longer to be
/// told of a statement than SQLite takes to insert a row.
pub(super) fn insert_analyses(count: usize) -> &'static str {
    static INSERTS: LazyLock<[String; INSERTED_AT_ONCE]> =
        LazyLock::new(|| std::array::from_fn(|rows| INSERT_INTO.to_owned() + &values(rows + 1)));
    &INSERTS[count - 1]
}

const INSERT_INTO: &str = "
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
VALUES
";

fn values(rows: usize) -> String {
    vec!["(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"; rows].join(",\n")
}

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
LEFT JOIN feedback AS in_force
    ON in_force.id = (
        SELECT entry.id
        FROM feedback AS entry
        WHERE entry.analysis_id = analyses.id
          AND entry.label IS NOT NULL
          AND NOT EXISTS (
              SELECT 1
              FROM undone_acts
              WHERE undone_acts.act_id = entry.act_id
          )
          AND NOT EXISTS (
              SELECT 1
              FROM feedback AS later
              WHERE later.analysis_id = entry.analysis_id
                AND later.reviewer = entry.reviewer
                AND (later.at, later.id) > (entry.at, entry.id)
                AND NOT EXISTS (
                    SELECT 1
                    FROM undone_acts
                    WHERE undone_acts.act_id = later.act_id
                )
          )
        ORDER BY entry.at DESC, entry.id DESC
        LIMIT 1
    )
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
    MAX(
        $5,
        COALESCE(
            (
                SELECT MAX(earlier.at) + 1
                FROM feedback AS earlier
                WHERE earlier.analysis_id = $2
                  AND earlier.reviewer = $3
            ),
            $5
        )
    )
FROM analyses
WHERE analyses.id = $2
";

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
)
";

pub(super) const PING: &str = "
SELECT id
FROM analyses
LIMIT 1
";

/// The lock at once: one taken later could be refused at once, without the busy timeout.
pub(super) const BEGIN: &str = "BEGIN IMMEDIATE";
pub(super) const COMMIT: &str = "COMMIT";
pub(super) const ROLLBACK: &str = "ROLLBACK";
pub(super) const SAVEPOINT: &str = "SAVEPOINT change";
pub(super) const ROLLBACK_TO_SAVEPOINT: &str = "ROLLBACK TO change";
pub(super) const RELEASE_SAVEPOINT: &str = "RELEASE change";
pub(super) const EMPTY_THE_LOG: &str = "PRAGMA wal_checkpoint(TRUNCATE)";
