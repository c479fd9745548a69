"""The follow-up: one question more about what an answer left out."""
