//! What is said to either database about review, in words that both understand.

/// Two statements about the same rows: the items of a window, and what was said of them.
pub(super) struct Window {
    pub(super) items: &'static str,
    pub(super) log: &'static str,
}

macro_rules! window_of_analyses {
    ($window:literal) => {
        Window {
            items: concat!(
                "
SELECT id, text, label, confidence, created_at
FROM analyses
",
                $window
            ),
            log: concat!(
                "
SELECT
    entry.analysis_id,
    entry.reviewer,
    entry.label,
    entry.at,
    entry.act_id,
    undone_acts.act_id IS NOT NULL AS undone
FROM feedback AS entry
LEFT JOIN undone_acts
    ON undone_acts.act_id = entry.act_id
WHERE entry.analysis_id IN (
    SELECT id
    FROM analyses
    ",
                $window,
                "
)
ORDER BY entry.at, entry.id
"
            ),
        }
    };
}

macro_rules! window_of_tweets {
    ($window:literal) => {
        Window {
            items: concat!(
                "
SELECT place, watch_id, text, label, confidence, at
FROM stream_tweets
",
                $window
            ),
            log: concat!(
                "
SELECT
    entry.place,
    entry.reviewer,
    entry.label,
    entry.at,
    entry.act_id,
    undone_acts.act_id IS NOT NULL AS undone
FROM stream_feedback AS entry
LEFT JOIN undone_acts
    ON undone_acts.act_id = entry.act_id
WHERE entry.place IN (
    SELECT place
    FROM stream_tweets
    ",
                $window,
                "
)
ORDER BY entry.at, entry.id
"
            ),
        }
    };
}

pub(super) const UNCERTAIN_ANALYSES: Window = window_of_analyses!(
    "WHERE text IS NOT NULL
  AND (confidence, id) > ($1, $2)
ORDER BY confidence, id
LIMIT $3"
);

pub(super) const NEWEST_ANALYSES: Window = window_of_analyses!(
    "WHERE text IS NOT NULL
  AND id < $1
ORDER BY id DESC
LIMIT $2"
);

pub(super) const SAID_OF_ANALYSES: Window = window_of_analyses!(
    "WHERE id IN (
    SELECT DISTINCT analysis_id
    FROM feedback
    WHERE analysis_id < $1
    ORDER BY analysis_id DESC
    LIMIT $2
)
ORDER BY id DESC
LIMIT $2"
);

pub(super) const UNCERTAIN_TWEETS: Window = window_of_tweets!(
    "WHERE watch_id = $1
  AND text IS NOT NULL
  AND (confidence, place) > ($2, $3)
ORDER BY confidence, place
LIMIT $4"
);

pub(super) const NEWEST_TWEETS: Window = window_of_tweets!(
    "WHERE watch_id = $1
  AND text IS NOT NULL
  AND (at, place) < ($2, $3)
ORDER BY at DESC, place DESC
LIMIT $4"
);

pub(super) const SAID_OF_TWEETS: Window = window_of_tweets!(
    "WHERE place IN (
    SELECT DISTINCT place
    FROM stream_feedback
    WHERE place < $1
    ORDER BY place DESC
    LIMIT $2
)
ORDER BY place DESC
LIMIT $2"
);

pub(super) const CONFIDENCE_OF_ANALYSIS: &str = "
SELECT confidence
FROM analyses
WHERE id = $1
";

pub(super) const CONFIDENCE_AND_TIME_OF_TWEET: &str = "
SELECT confidence, at
FROM stream_tweets
WHERE place = $1
";

pub(super) const PUT_ACT: &str = "
INSERT INTO review_acts (id, reviewer, label, items, at)
VALUES ($1, $2, $3, 0, $4)
ON CONFLICT (id) DO NOTHING
";

pub(super) const COUNT_ITEMS_OF_ACT: &str = "
UPDATE review_acts
SET items = items + $2
WHERE id = $1
";

/// No row if there is no such analysis; never earlier than what its reviewer said before.
pub(super) const SAY_OF_ANALYSIS: &str = "
INSERT INTO feedback (id, analysis_id, reviewer, label, at, act_id)
SELECT
    $1,
    analyses.id,
    $3,
    $4,
    (
        SELECT MAX(moments.at)
        FROM (
            SELECT CAST($5 AS BIGINT) AS at
            UNION ALL
            SELECT earlier.at + 1
            FROM feedback AS earlier
            WHERE earlier.analysis_id = $2
              AND earlier.reviewer = $3
        ) AS moments
    ),
    $6
FROM analyses
WHERE analyses.id = $2
";

/// The same of a tweet.
pub(super) const SAY_OF_TWEET: &str = "
INSERT INTO stream_feedback (id, place, reviewer, label, at, act_id)
SELECT
    $1,
    stream_tweets.place,
    $3,
    $4,
    (
        SELECT MAX(moments.at)
        FROM (
            SELECT CAST($5 AS BIGINT) AS at
            UNION ALL
            SELECT earlier.at + 1
            FROM stream_feedback AS earlier
            WHERE earlier.place = $2
              AND earlier.reviewer = $3
        ) AS moments
    ),
    $6
FROM stream_tweets
WHERE stream_tweets.place = $2
";

pub(super) const NEWEST_ACT: &str = "
SELECT id, reviewer, label, items, at
FROM review_acts
WHERE reviewer = $1
  AND items > 0
  AND NOT EXISTS (
      SELECT 1
      FROM undone_acts
      WHERE undone_acts.act_id = review_acts.id
  )
ORDER BY id DESC
LIMIT 1
";

pub(super) const IS_ACT_OF: &str = "
SELECT COUNT(*)
FROM review_acts
WHERE id = $1
  AND reviewer = $2
";

pub(super) const UNDO_ACT: &str = "
INSERT INTO undone_acts (act_id, at)
VALUES ($1, $2)
ON CONFLICT (act_id) DO NOTHING
";
