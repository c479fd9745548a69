"""One value that joins notes, model, index and history: all that the faces call of the core, as a contract proves."""

from viva.workspace.workspace import Workspace, open_workspace

__all__ = ["Workspace", "open_workspace"]
