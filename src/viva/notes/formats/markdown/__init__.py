"""Questions and answers in Markdown, Obsidian's included."""
