"""Measurements of viva beside its rivals; each part runs as `python -m benchmarks.<part>`."""
