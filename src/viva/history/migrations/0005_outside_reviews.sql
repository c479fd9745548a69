-- What was reviewed in another program (Anki): it counts for the schedule, and for nothing that is said of answers.
CREATE TABLE outside_reviews (
    question_key INTEGER NOT NULL REFERENCES questions (key),
    reviewed_at TEXT NOT NULL,
    rating INTEGER NOT NULL CHECK (rating BETWEEN 1 AND 4),
    seconds REAL NOT NULL,
    source TEXT NOT NULL,            -- the program
    PRIMARY KEY (question_key, reviewed_at)
) STRICT;

-- All that the schedule is folded from.
CREATE VIEW recalls AS
    SELECT question_key, rating, answered_at AS recalled_at, seconds, id, 0 AS outside
    FROM reviews WHERE NOT undone AND rating IS NOT NULL
    UNION ALL
    SELECT question_key, rating, reviewed_at, seconds, 0, 1 FROM outside_reviews;
