"""What a contextual model makes of an answer and a statement of the notes."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Pair = tuple[str, str]
"""An answer, and the statement it is held against; see `models.reader.statement`."""


class Reading(IntEnum):
    """What an answer says of a statement; the columns of what a `Reader` returns."""

    COVERED = 0
    PARTIAL = 1
    ABSENT = 2
    """It speaks neither for nor against it."""
    CONTRADICTED = 3


class Reader(Protocol):
    """Reads answers beside statements, as a whole and in order, which sums of word vectors cannot."""

    @property
    def model_id(self) -> str:
        """Name and content hash."""

    def read(self, pairs: Sequence[Pair]) -> NDArray[np.float32]:
        """Return the probability of each `Reading`, shape (len(pairs), 4), whose rows add up to 1.

        A pair gets the same numbers alone and in any company. An answer that says nothing is ABSENT.
        """
