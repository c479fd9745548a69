"""Grading: reads an answer against the points of a reference and says what a fair examiner would."""
