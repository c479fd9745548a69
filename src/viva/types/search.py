"""What search gives: hits, and the encoder that it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Literal, Protocol, Self

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


TextKind = Literal["query", "passage"]
Closeness = Literal["close", "fair", "far"]
"""How near a hit is to its query; "far" is what nonsense reaches, too."""


class Encoder(Protocol):
    """Turns text into unit vectors, so that an inner product is a cosine."""

    @property
    def model_id(self) -> str:
        """Name and content hash; another value means another index."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    def encode(self, texts: Sequence[str], kind: TextKind = "passage") -> NDArray[np.float32]:
        """Return float32 unit vectors of shape (len(texts), dimension); a text without known tokens gives zeros."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A search result; the fields are those of the command-line contract."""

    rank: int
    """From 1."""
    score: float
    """Higher is better and never rises with rank; see `retrieval.searcher` for its range."""
    question_id: str
    number: str | None
    question: str
    passage: str
    file: str
    line: int
    end_line: int


@dataclass(frozen=True, slots=True)
class Near:
    """An entry of the notes that is near an answer, by its name and place alone."""

    question_id: str
    number: str | None
    question: str
    file: str
    line: int
    """Of the passage that is closest to the answer."""

    @classmethod
    def of(cls, hit: Hit) -> Self:
        """Return the entry that a hit is of."""
        return cls(hit.question_id, hit.number, hit.question, hit.file, hit.line)


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
