"""From multilingual-e5-small and marked answers to the reader that viva ships."""
