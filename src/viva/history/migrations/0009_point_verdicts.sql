-- The person's own word on one point of a question: whether an answer met it, or how much it matters from then on.
CREATE TABLE point_verdicts (
    id INTEGER PRIMARY KEY,
    review_uid TEXT NOT NULL REFERENCES reviews (uid),   -- the answer it was given at; taken back with it
    point TEXT NOT NULL,             -- as it read then; it is known again by its letters and digits
    verdict TEXT CHECK (verdict IN ('covered', 'missed')),
    importance TEXT CHECK (importance IN ('essential', 'normal', 'extra')),
    words TEXT NOT NULL,             -- of the answer, by which the point was judged; empty with an importance
    given_at TEXT NOT NULL,
    counts INTEGER NOT NULL DEFAULT 1 CHECK (counts IN (0, 1)),     -- 0 once the person had it forgotten
    CHECK ((verdict IS NULL) != (importance IS NULL))
) STRICT;

-- The last word on a point at one answer is the one that stands.
CREATE UNIQUE INDEX point_verdicts_last ON point_verdicts (review_uid, point, verdict IS NULL);
