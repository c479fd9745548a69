-- The answer being typed and the hints taken, so that an interrupted interview goes on where it was.
ALTER TABLE interviews ADD COLUMN draft TEXT NOT NULL DEFAULT '';
ALTER TABLE interviews ADD COLUMN hints INTEGER NOT NULL DEFAULT 0;
