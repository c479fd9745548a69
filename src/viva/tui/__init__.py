"""The terminal interface: one of two thin faces over a workspace."""
