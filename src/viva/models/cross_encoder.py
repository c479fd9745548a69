"""Any cross-encoder for entailment, by folder or by its name on the hub, as a reader. Imports torch when opened.

Weights are read from safetensors only and no code of the model is run. A model of three labels says nothing of half
covered statements; its entailment is COVERED, its neutral ABSENT, its contradiction CONTRADICTED, by the names it gives
its labels.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from viva.errors import ModelError
from viva.i18n import tr
from viva.models.checkpoint import check_safe, content_hash, fetch
from viva.models.transformer import load
from viva.models.windows import most_telling, windows
from viva.types import Notify, Pair, Reader, Reading

_LABELS = {
    "covered": Reading.COVERED,
    "entailment": Reading.COVERED,
    "entail": Reading.COVERED,
    "partial": Reading.PARTIAL,
    "absent": Reading.ABSENT,
    "neutral": Reading.ABSENT,
    "not_entailment": Reading.ABSENT,
    "contradicted": Reading.CONTRADICTED,
    "contradiction": Reading.CONTRADICTED,
}
_SPARE = 8  # pieces that a model may put around the two texts


def open_folder(folder: Path, name: str | None = None) -> Reader:
    """Open a cross-encoder in a folder.

    Raises:
        ModelError: it is none for entailment, is damaged, or is not safe to load.
    """
    return CrossEncoderReader(folder, name or folder.resolve().name)


def open_hub(name: str, *, notify: Notify) -> Reader:
    """Open a cross-encoder by its name on the Hugging Face hub, from the cache when it is there.

    Raises:
        ModelError: it cannot be found, downloaded, or safely loaded.
    """
    return open_folder(fetch(name, notify), name)


class CrossEncoderReader:
    """A reader over a sentence-transformers `CrossEncoder`."""

    def __init__(self, folder: Path, name: str) -> None:
        check_safe(folder)
        self._model_id = f"{name}@{content_hash(folder)}"
        self._model = load(folder, "CrossEncoder")
        self._columns = columns(self._model.config.id2label, folder)
        self._window = min(self._model.max_seq_length or 512, 512)

    @property
    def model_id(self) -> str:
        """Name and content hash."""
        return self._model_id

    def read(self, pairs: Sequence[Pair]) -> NDArray[np.float32]:
        """Return the probability of each `Reading`, shape (len(pairs), 4)."""
        probabilities = np.zeros((len(pairs), len(Reading)), dtype=np.float32)
        probabilities[:, Reading.ABSENT] = 1.0
        spoken = [row for row, pair in enumerate(pairs) if all(text.strip() for text in pair)]
        cut = [self._windowed(*pairs[row]) for row in spoken]
        flat = [pair for group in cut for pair in group]
        if not flat:
            return probabilities
        found = np.asarray(self._model.predict(flat, apply_softmax=True, show_progress_bar=False), dtype=np.float32)
        readings = np.zeros((len(flat), len(Reading)), dtype=np.float32)
        for place, reading in enumerate(self._columns):
            readings[:, reading] += found[:, place]
        start = 0
        for row, group in zip(spoken, cut, strict=True):
            probabilities[row] = most_telling(readings[start : start + len(group)])
            start += len(group)
        return probabilities

    def _windowed(self, answer: str, statement: str) -> list[Pair]:
        """Return the pair once for each window of the answer that fits the model beside the statement."""
        tokenizer = self._model.tokenizer
        size = self._window - _SPARE - len(tokenizer.encode(statement, add_special_tokens=False, verbose=False))
        ids = tokenizer.encode(answer, add_special_tokens=False, verbose=False)
        if len(ids) <= size or size < _SPARE:
            return [(answer, statement)]
        return [(tokenizer.decode(window), statement) for window in windows(ids, size)]


def columns(labels: dict[int, str], folder: Path) -> list[Reading]:
    """Return what each output of the model stands for.

    Raises:
        ModelError: its labels are not those of entailment.
    """
    named = [_LABELS.get(str(labels[place]).casefold()) for place in sorted(labels)]
    found = [reading for reading in named if reading is not None]
    if len(found) != len(named) or not {Reading.COVERED, Reading.ABSENT} <= set(found):
        raise ModelError(
            tr(
                "the model in {folder} is none for entailment (its labels are {labels}): give another",
                folder=folder,
                labels=", ".join(map(str, labels.values())),
            )
        )
    return found
