-- What people say of many texts: acts that are undone as a whole, and labels of the tweets of watches.

CREATE TABLE review_acts (
    id       BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    reviewer TEXT    NOT NULL,
    -- NULL: the items were skipped.
    label    TEXT    CHECK (label IN ('negative', 'neutral', 'positive')),
    items    INTEGER NOT NULL,
    at       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX review_acts_by_reviewer
    ON review_acts (reviewer, id);

-- What was said in these acts counts for nothing; it is as if they had never been.
CREATE TABLE undone_acts (
    act_id BLOB    NOT NULL PRIMARY KEY REFERENCES review_acts (id),
    at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

ALTER TABLE feedback ADD COLUMN act_id BLOB REFERENCES review_acts (id);

-- The same log for tweets of watches. It goes when its tweet goes.
CREATE TABLE stream_feedback (
    id       BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    place    INTEGER NOT NULL REFERENCES stream_tweets (place) ON DELETE CASCADE,
    reviewer TEXT    NOT NULL,
    label    TEXT    CHECK (label IN ('negative', 'neutral', 'positive')),
    at       INTEGER NOT NULL,
    act_id   BLOB    REFERENCES review_acts (id)
) STRICT, WITHOUT ROWID;

CREATE INDEX stream_feedback_by_place
    ON stream_feedback (place, reviewer, at, id);

CREATE TRIGGER stream_feedback_is_never_changed
    BEFORE UPDATE ON stream_feedback
BEGIN
    SELECT RAISE(ABORT, 'feedback is append-only');
END;

-- How sure the model was; what came before this step, or with its label, counts as sure.
ALTER TABLE stream_tweets ADD COLUMN confidence REAL NOT NULL DEFAULT 1.0;

-- To find what the models are least sure of without reading all that there is.
CREATE INDEX analyses_with_text_by_confidence
    ON analyses (confidence, id)
    WHERE text IS NOT NULL;

CREATE INDEX stream_tweets_with_text_by_confidence
    ON stream_tweets (watch_id, confidence, place)
    WHERE text IS NOT NULL;
