"""The commands, one a module, each a function `command`."""
