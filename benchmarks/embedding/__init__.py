"""What the embedded model knows of meaning: `python -m benchmarks.embedding`."""
