"""Saved reports of an interview: as text, Markdown and HTML."""
