"""The index over the notes, and search by meaning and by words."""
