-- The follow-up asked after an answer; NULL where none was.
ALTER TABLE reviews ADD COLUMN follow_up TEXT;
-- What was typed to it; NULL while it waits, empty when it was declined.
ALTER TABLE reviews ADD COLUMN follow_up_answer TEXT;
-- The score before the two answers were graded as one; NULL where they were not.
ALTER TABLE reviews ADD COLUMN first_score INTEGER CHECK (first_score BETWEEN 0 AND 100);
