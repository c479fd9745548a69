-- Whether the person set the question aside, and when they last decided so or otherwise: of two histories the later wins.
ALTER TABLE questions ADD COLUMN suspended INTEGER NOT NULL DEFAULT 0 CHECK (suspended IN (0, 1));
ALTER TABLE questions ADD COLUMN decided_at TEXT;
-- When the words of question or answer last changed; NULL where they never did since this column is there.
ALTER TABLE questions ADD COLUMN rewritten_at TEXT;
