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
_LEAST_FLOOR = 0.2
_UNRELATED = (
    "A lock keeps two threads from changing the same counter.",
    "The harbour freezes over in most winters.",
    "她每天早上给阳台上的番茄浇水。",
    "损失函数衡量预测与标签的差距。",
    "Tickets for the night train are sold out.",
    "这座桥建于十九世纪末。",
)


def open_encoder(name: str | None = None, *, notify: Notify) -> Encoder:
    """Return the encoder of this name, ready to use.

    Args:
        name: None or "embedded" for the model that is part of viva; an existing folder; else a sentence-transformers
            model on the Hugging Face hub ("intfloat/multilingual-e5-small"), taken from the cache when it is there.
        notify: receives a line before a download.

    Raises:
        ModelError: there is no such model, it cannot be downloaded, or it is not safe to load.
    """
    from viva.models.embedded import EMBEDDED_FOLDER, StaticModel, static_folder

    if name is None or name.strip().casefold() == EMBEDDED:
        return StaticModel(EMBEDDED_FOLDER, EMBEDDED)
    wanted = name.strip()
    folder = Path(wanted).expanduser()
    if wanted and folder.is_dir():
        if static_folder(folder) is not None:
            return StaticModel(folder)
        from viva.models.transformer import open_folder

        return open_folder(folder)
    if looks_like_path(wanted, folder):
        raise ModelError(
            tr(
                'no model at {wanted}: give a folder, a model\'s name on the Hugging Face hub, or "embedded"',
                wanted=wanted,
            )
        )
    from viva.models.transformer import open_hub

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


def floor(encoder: Encoder) -> float:
    """Return the cosine up to which two texts have nothing to do with each other, 0 to 1.

    Models differ most in what they give for unrelated texts: 0.0 for one, 0.8 for another. That is measured here on a
    few unrelated sentences.
    """
    vectors = encoder.encode(_UNRELATED)
    cosines = vectors @ vectors.T
    others = [float(cosines[i, j]) for i in range(len(_UNRELATED)) for j in range(i)]
    return max(_LEAST_FLOOR, min(0.95, max(others)))
