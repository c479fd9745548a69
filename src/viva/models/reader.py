"""Which model reads answers beside the statements of the notes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from viva.errors import ModelError
from viva.i18n import tr
from viva.models.encoder import EMBEDDED, looks_like_path

if TYPE_CHECKING:
    from viva.types import Notify, Reader

NONE = "none"
"""The name that stands for no reader at all."""
_WEIGHTS = (1.0, 5.0, 1.0, 1.0)


def statement(question: str, point: str) -> str:
    """Return what an answer is held against: the point with its question, without which terse notes say little."""
    return f"{question} {point}".strip()


def together(points: Sequence[str]) -> str:
    """Return all points of a reference as one, for a reading of the whole: how likely it is covered is its mark."""
    return " ".join(f"- {point}" for point in points)


def labels(probabilities: NDArray[np.float32]) -> NDArray[np.int64]:
    """Return the `Reading` to go by for each row: the likeliest, where a rarer one needs less to be believed.

    Half of all points are not spoken of and one in twenty is half said; by bare likelihood the half said would hardly
    ever be told. The weights were chosen on the validation subjects.
    """
    return np.asarray((probabilities * np.array(_WEIGHTS)).argmax(axis=1))


@cache
def _embedded() -> Reader:
    """Return the reader that is part of viva, opened once: it holds no state, and costs a quarter of a second."""
    from viva.models.onnx_reader import EMBEDDED_FOLDER, ContextualReader

    return ContextualReader(EMBEDDED_FOLDER, EMBEDDED)


def open_reader(name: str | None = None, *, notify: Notify) -> Reader | None:
    """Return the reader of this name, ready to use; None where it is "none".

    Args:
        name: None or "embedded" for the model that is part of viva; an existing folder; else a cross-encoder on the
            Hugging Face hub, taken from the cache when it is there. A model for entailment of three labels will do.
        notify: receives a line before a download.

    Raises:
        ModelError: there is no such model, it cannot be downloaded, or it is not safe to load.
    """
    from viva.models.onnx_reader import ContextualReader, holds_graph

    wanted = (name or EMBEDDED).strip()
    if wanted.casefold() == NONE:
        return None
    if wanted.casefold() == EMBEDDED:
        return _embedded()
    folder = Path(wanted).expanduser()
    if folder.is_dir() and holds_graph(folder):
        return ContextualReader(folder)
    from viva.models import cross_encoder

    if folder.is_dir():
        return cross_encoder.open_folder(folder)
    if looks_like_path(wanted, folder):
        raise ModelError(
            tr(
                'no reader at {wanted}: give a folder, a cross-encoder\'s name on the Hugging Face hub, or "none"',
                wanted=wanted,
            )
        )
    return cross_encoder.open_hub(wanted, notify=notify)
