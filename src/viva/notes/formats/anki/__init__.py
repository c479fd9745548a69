"""Questions and answers in Anki's packages and exported text."""
