"""The models: text to unit vectors, and an answer read beside a statement."""
