"""Questions and history out to other programs, and back."""
