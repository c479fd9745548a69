"""Meaning: text to unit vectors, and the terms that carry a text."""
