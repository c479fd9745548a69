"""What all screens are made of: pages, lines of keys and notices, paragraphs, marked text."""
