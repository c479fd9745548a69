"""The notes: read from files, understood as questions with answers, cut into points and chunks, checked."""
