"""What a typed line means, and what the interviewer says, in the language of the question."""
