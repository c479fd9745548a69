-- Questions as last read; a review belongs to a question, and the question follows its text when it moves.
CREATE TABLE questions (
    key INTEGER PRIMARY KEY,
    root TEXT NOT NULL,
    file TEXT NOT NULL,
    headings TEXT NOT NULL,          -- JSON list, outermost first
    label TEXT NOT NULL,
    entry_id TEXT NOT NULL,
    text TEXT NOT NULL,              -- as written
    answer_digest TEXT NOT NULL,     -- of the normalised answer; empty when there is none
    first_seen TEXT NOT NULL,
    last_seen TEXT NOT NULL,         -- when this row last changed, so that an unchanged note costs no write
    vanished_at TEXT
) STRICT;

CREATE INDEX questions_root ON questions (root);

CREATE TABLE interviews (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,        -- the same on every machine, so that an import can merge
    plan TEXT NOT NULL,              -- JSON list of question keys, in order
    position INTEGER NOT NULL,       -- index of the current question in the plan
    seed INTEGER NOT NULL,
    topic TEXT,
    mode TEXT NOT NULL CHECK (mode IN ('random', 'due')),
    started_at TEXT NOT NULL,
    finished_at TEXT
) STRICT;

CREATE TABLE reviews (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    interview_id INTEGER NOT NULL REFERENCES interviews (id),
    question_key INTEGER NOT NULL REFERENCES questions (key),
    entry_id TEXT NOT NULL,          -- at the time of asking
    question TEXT NOT NULL,          -- at the time of asking
    position INTEGER NOT NULL,
    answer TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('answered', 'skipped', 'revealed')),
    score INTEGER CHECK (score BETWEEN 0 AND 100),
    verdict TEXT CHECK (verdict IN ('strong', 'partial', 'weak', 'unsure')),
    grade TEXT,                      -- JSON, complete enough to show the feedback again
    proposed INTEGER CHECK (proposed BETWEEN 1 AND 4),
    rating INTEGER CHECK (rating BETWEEN 1 AND 4),
    rated INTEGER NOT NULL DEFAULT 0 CHECK (rated IN (0, 1)),       -- the person's own key
    overridden INTEGER NOT NULL DEFAULT 0 CHECK (overridden IN (0, 1)),
    hints INTEGER NOT NULL DEFAULT 0,
    asked_at TEXT NOT NULL,
    answered_at TEXT NOT NULL,
    seconds REAL NOT NULL,
    undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1))
) STRICT;

CREATE INDEX reviews_interview ON reviews (interview_id, id);
CREATE INDEX reviews_question ON reviews (question_key, answered_at);

-- Disposable: what folding a question's reviews gives.
CREATE TABLE cards (
    question_key INTEGER PRIMARY KEY REFERENCES questions (key),
    state TEXT NOT NULL,             -- py-fsrs' own JSON
    due TEXT NOT NULL,
    retention REAL NOT NULL
) STRICT;
