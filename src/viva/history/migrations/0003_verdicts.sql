-- What the grader said by itself, before the person's verdict or habit; NULL where it tells nothing of that habit.
ALTER TABLE reviews ADD COLUMN grader_score INTEGER CHECK (grader_score BETWEEN 0 AND 100);
-- Whether the person's verdict counts for other answers; 0 once they had it forgotten.
ALTER TABLE reviews ADD COLUMN counts INTEGER NOT NULL DEFAULT 1 CHECK (counts IN (0, 1));
UPDATE reviews SET grader_score = score WHERE outcome = 'answered' AND NOT overridden AND verdict != 'unsure';
-- The latest of them are looked at with each answer.
CREATE INDEX reviews_marked ON reviews (answered_at, id) WHERE grader_score IS NOT NULL;
