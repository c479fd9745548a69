"""An answer of the notes, cut into points."""
