"""How often search finds the right entry, and how fast; see `python -m benchmarks.retrieval --help`."""
