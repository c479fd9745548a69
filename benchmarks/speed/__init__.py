"""Time and memory of viva beside plain scripts that do the same; see `python -m benchmarks.speed --help`."""
