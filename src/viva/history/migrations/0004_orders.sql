-- Two more orders of an interview; SQLite cannot change a CHECK, so the column is made anew.
ALTER TABLE interviews RENAME COLUMN mode TO old_mode;
ALTER TABLE interviews ADD COLUMN mode TEXT NOT NULL DEFAULT 'random'
    CHECK (mode IN ('random', 'due', 'weak', 'unanswered'));
UPDATE interviews SET mode = old_mode;
ALTER TABLE interviews DROP COLUMN old_mode;
