"""The history: every question met, every answer given, and what the user said of them, in one SQLite file."""
