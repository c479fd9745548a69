"""`viva eval`: how far the grader agrees with people."""

EXAMPLES = """Examples:

\b
viva eval marked.jsonl
viva eval marked.jsonl --json

A row is one of viva grade with a human "score" from 0 to 1."""
