-- Times are microseconds since 1970 in UTC; ids are the 16 bytes of a UUIDv7, so their order is that of time.

CREATE TABLE analyses (
    id            BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    -- Both are erased together once the retention time is over.
    text          TEXT,
    text_hash     INTEGER,
    label         TEXT    NOT NULL CHECK (label IN ('negative', 'neutral', 'positive')),
    confidence    REAL    NOT NULL,
    negative      REAL    NOT NULL,
    neutral       REAL    NOT NULL,
    positive      REAL    NOT NULL,
    known         REAL    NOT NULL,
    language      TEXT,
    model_name    TEXT    NOT NULL,
    model_version TEXT    NOT NULL,
    created_at    INTEGER NOT NULL,
    duration_us   INTEGER NOT NULL,
    CHECK ((text IS NULL) = (text_hash IS NULL))
) STRICT, WITHOUT ROWID;

-- To find the newest analysis of a text: 8 bytes instead of up to 2,000.
CREATE INDEX analyses_by_text
    ON analyses (text_hash, id)
    WHERE text_hash IS NOT NULL;

-- To find what is to be forgotten without reading what has been.
CREATE INDEX analyses_with_text_by_time
    ON analyses (created_at)
    WHERE text IS NOT NULL;

CREATE TABLE feedback (
    id          BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    analysis_id BLOB    NOT NULL REFERENCES analyses (id),
    reviewer    TEXT    NOT NULL,
    -- NULL: the reviewer takes back what they said before.
    label       TEXT    CHECK (label IN ('negative', 'neutral', 'positive')),
    at          INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX feedback_by_analysis
    ON feedback (analysis_id, reviewer, at, id);

CREATE TRIGGER feedback_is_never_changed
    BEFORE UPDATE ON feedback
BEGIN
    SELECT RAISE(ABORT, 'feedback is append-only');
END;

CREATE TRIGGER feedback_is_never_deleted
    BEFORE DELETE ON feedback
BEGIN
    SELECT RAISE(ABORT, 'feedback is append-only');
END;
