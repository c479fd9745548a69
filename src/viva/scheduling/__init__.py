"""When a question comes up again, and how well it is known."""
