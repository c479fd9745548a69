"""The interview on the screen, its mock kind, its report and its review."""
