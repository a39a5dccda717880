-- What a negative text complains of, and whether the model was sure of its verdict.

-- Which reasons there are is told by the program alone: their list will grow, and a CHECK here would
-- then need the table to be made anew.
ALTER TABLE analyses ADD COLUMN reason TEXT
    CHECK (reason IS NULL OR label = 'negative');

ALTER TABLE analyses ADD COLUMN reason_confidence REAL
    CHECK ((reason IS NULL) = (reason_confidence IS NULL));

-- The models before this step never said that they were not sure, so their verdicts count as sure.
-- The default also serves a program of the version before, while a new one is rolled out beside it.
ALTER TABLE analyses ADD COLUMN sure INTEGER NOT NULL DEFAULT 1
    CHECK (sure IN (0, 1));
