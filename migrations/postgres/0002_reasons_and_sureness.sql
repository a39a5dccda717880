-- What a negative text complains of, and whether the model was sure of its verdict.

-- Which reasons there are is told by the program alone, as on SQLite, where a list in a CHECK could not
-- grow without making the table anew.
ALTER TABLE analyses
    ADD COLUMN reason            TEXT,
    ADD COLUMN reason_confidence REAL,
    -- The models before this step never said that they were not sure, so their verdicts count as sure.
    -- The default also serves a program of the version before, while a new one is rolled out beside it.
    ADD COLUMN sure              BOOLEAN NOT NULL DEFAULT TRUE,
    ADD CHECK (reason IS NULL OR label = 'negative'),
    ADD CHECK ((reason IS NULL) = (reason_confidence IS NULL));
