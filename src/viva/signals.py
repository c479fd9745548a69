"""The signals by which a terminal that is closed, and a system that shuts down, tell a program to end."""

from __future__ import annotations

import signal

ENDING = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name))
"""Those that this system has, by their numbers; the last is that of Windows. Ctrl+C is not among them."""
