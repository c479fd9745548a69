"""How practice goes over time, read from the history."""
