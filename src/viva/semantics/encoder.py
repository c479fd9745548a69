"""Which model turns text into vectors."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from viva.errors import ModelError
from viva.i18n import tr

if TYPE_CHECKING:
    from viva.types import Encoder, Notify

EMBEDDED = "embedded"
"""The name of the model that is part of viva."""


def open_encoder(name: str | None = None, *, notify: Notify) -> Encoder:
    """Return the encoder of this name, ready to use.

    Args:
        name: None or "embedded" for the model that is part of viva; an existing folder; else a sentence-transformers
            model on the Hugging Face hub ("intfloat/multilingual-e5-small"), taken from the cache when it is there.
        notify: receives a line before a download.

    Raises:
        ModelError: there is no such model, it cannot be downloaded, or it is not safe to load.
    """
    from viva.semantics.embedded import EMBEDDED_FOLDER, StaticModel, static_folder

    if name is None or name.strip().casefold() == EMBEDDED:
        return StaticModel(EMBEDDED_FOLDER, EMBEDDED)
    wanted = name.strip()
    folder = Path(wanted).expanduser()
    if wanted and folder.is_dir():
        if static_folder(folder) is not None:
            return StaticModel(folder)
        from viva.semantics.transformer import open_folder

        return open_folder(folder)
    if looks_like_path(wanted, folder):
        raise ModelError(
            tr(
                'no model at {wanted}: give a folder, a model\'s name on the Hugging Face hub, or "embedded"',
                wanted=wanted,
            )
        )
    from viva.semantics.transformer import open_hub

    return open_hub(wanted, notify=notify)


def looks_like_path(wanted: str, folder: Path) -> bool:
    """Whether this cannot be a name on the hub, which has at most one slash and no leading dot."""
    return (
        not wanted
        or folder.exists()
        or folder.is_absolute()
        or wanted.startswith((".", "~"))
        or (wanted.count("/") > 1 or "\\" in wanted or wanted.endswith("/"))
    )
