-- How far each source of tweets has been read, and how much in its month.
CREATE TABLE source_progress (
    source TEXT   NOT NULL PRIMARY KEY,
    cursor TEXT,
    month  TEXT   NOT NULL,
    reads  BIGINT NOT NULL CHECK (reads >= 0)
);
