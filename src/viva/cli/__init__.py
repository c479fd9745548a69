"""The command line: one command a module, over the same workspace as the terminal interface."""
