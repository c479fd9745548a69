"""The interview: what is asked, what follows from an answer, and how it ends; no screen in it."""
