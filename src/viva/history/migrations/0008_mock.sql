-- Mock interviews: the seconds allowed for an answer (NULL in practice), those already spent on the current question,
-- so that a killed program gives no new clock, and the turns that took longer.
ALTER TABLE interviews ADD COLUMN answer_limit INTEGER CHECK (answer_limit > 0);
ALTER TABLE interviews ADD COLUMN spent REAL NOT NULL DEFAULT 0 CHECK (spent >= 0);
ALTER TABLE reviews ADD COLUMN overtime INTEGER NOT NULL DEFAULT 0 CHECK (overtime IN (0, 1));
