"""viva interviews you in your terminal from your own notes, offline and without a language model."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from viva.workspace import Workspace, open_workspace

__version__ = "0.1.0"
__all__ = ["Workspace", "__version__", "open_workspace"]


def __getattr__(name: str) -> object:
    """Load the workspace when it is first asked for, so that `import viva` stays instant."""
    if name in {"Workspace", "open_workspace"}:
        from viva import workspace

        return getattr(workspace, name)
    raise AttributeError(f"module 'viva' has no attribute {name!r}")
