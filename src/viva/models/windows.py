"""Answers longer than a model's window, read in overlapping pieces.

What an answer says of a statement is what the piece says that speaks of it most. Cutting off the end instead would lose
whatever a user says last.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from viva.types import Reading

T = TypeVar("T")


def windows(items: Sequence[T], size: int) -> list[Sequence[T]]:
    """Return the items in runs of at most `size`, each sharing a quarter with the one before; at least one run."""
    if len(items) <= size:
        return [items]
    step = max(1, size - size // 4)
    starts = list(range(0, len(items) - size, step))
    return [items[start : start + size] for start in [*starts, len(items) - size]]


def most_telling(probabilities: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the row, of the windows of one pair, in which the statement is least likely to be absent."""
    row: NDArray[np.float32] = probabilities[int(np.argmin(probabilities[:, Reading.ABSENT]))]
    return row
