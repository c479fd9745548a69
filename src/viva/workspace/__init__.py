"""One value that joins notes, model, index and history; both faces use nothing else of the core."""

from viva.workspace.workspace import Workspace, open_workspace

__all__ = ["Workspace", "open_workspace"]
