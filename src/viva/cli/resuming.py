"""The commands that go on from an interview: with what was left of it, or over what did not go well."""

from __future__ import annotations

import os
import shlex
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from viva.workspace import Workspace


def command(workspace: Workspace, option: str) -> str:
    """Return `viva ask` with this option on these notes, as a shell takes it."""
    named = workspace.locations.kb if workspace.locations.kb_origin == "flag" else ()
    words_of_it = ["viva", "ask", option, *(word for root in named for word in ("--kb", str(root)))]
    return subprocess.list2cmdline(words_of_it) if os.name == "nt" else shlex.join(words_of_it)
