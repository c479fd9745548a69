"""Progress on the screen."""
