"""How what viva knows is said, in both languages: pure functions from values to words and plain lines."""
