"""The widgets, one a file: reactives in, messages out."""
