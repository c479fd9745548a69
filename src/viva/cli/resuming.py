"""The command that goes on with an interview that was left."""

from __future__ import annotations

import os
import shlex
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from viva.workspace import Workspace


def resuming(workspace: Workspace) -> str:
    """Return the command that goes on with the interview of these notes, as a shell takes it."""
    named = workspace.locations.kb if workspace.locations.kb_origin == "flag" else ()
    words_of_it = ["viva", "ask", "--resume", *(word for root in named for word in ("--kb", str(root)))]
    return subprocess.list2cmdline(words_of_it) if os.name == "nt" else shlex.join(words_of_it)
