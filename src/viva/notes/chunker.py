"""Entries cut into the pieces that are embedded and searched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from viva.text.normal import count_cjk, words
from viva.text.segment import clauses, sentences
from viva.types import Chunk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from viva.types import Entry

TARGET = 120
"""A passage is closed at the next line once it has this size."""
MAXIMUM = 200
"""No passage is larger. Sizes count Chinese characters; an English word counts `WORD`."""
WORD = 2.2
_LETTERS = 6
"""Characters that count as one when they form no words (a base64 run, a long formula)."""
CHUNKER_VERSION = f"lines-2/{TARGET}/{MAXIMUM}/{WORD}/{_LETTERS}"
"""Another value means that an index was cut differently and has to be built again."""


@dataclass(frozen=True, slots=True)
class _ChunkPiece:
    """A run of one line; `starts_line` tells whether a line break stands before it."""

    text: str
    row: int
    starts_line: bool
    size: float


def chunk(entry: Entry) -> list[Chunk]:
    """Return one chunk for the question and passages for its answer, in order.

    The passages joined give the answer back but for blanks. They end at paragraphs and lines where the size allows,
    else at sentences, clauses and blanks, and only an unbroken run is cut anywhere.
    """
    rows = entry.answer.split("\n")
    question = Chunk(entry.id, "question", entry.question, entry.file, entry.line, _question_end(entry, len(rows)))
    passages = [_passage(entry, group, len(rows)) for group in _groups(rows)]
    return [question, *passages]


def size(text: str) -> float:
    """Return the size of `text` in the unit of `MAXIMUM`."""
    return max(count_cjk(text) + WORD * len(words(text)), len(text) / _LETTERS)


def _question_end(entry: Entry, rows: int) -> int:
    """Return the last line of the question: a question cell of a table may have several."""
    if not entry.answered:
        return entry.line
    lines = len(entry.question.split("\n"))
    return max(entry.line, min(entry.line + lines - 1, _line_of(entry, 0, rows)))


def _line_of(entry: Entry, row: int, rows: int) -> int:
    """Return the line of the file that holds row `row` of the answer, counted back from the answer's last line."""
    return max(entry.line, entry.end_line - (rows - 1 - row))


def _passage(entry: Entry, group: list[_ChunkPiece], rows: int) -> Chunk:
    text = "".join(("\n" if piece.starts_line and i else "") + piece.text for i, piece in enumerate(group)).strip("\n")
    used = [piece.row for piece in group if piece.text.strip()]
    first, last = _line_of(entry, used[0], rows), _line_of(entry, used[-1], rows)
    return Chunk(entry.id, "passage", text.strip(), entry.file, first, last)


def _groups(rows: list[str]) -> Iterator[list[_ChunkPiece]]:
    """Pack the pieces: a passage ends at the target, earlier at a blank line, and before it would grow too large."""
    group: list[_ChunkPiece] = []
    total = 0.0
    for piece in _pieces(rows):
        blank = not piece.text.strip()
        if group and (
            total + piece.size > MAXIMUM or (piece.starts_line and total >= TARGET) or (blank and total >= TARGET / 2)
        ):
            yield group
            group, total = [], 0.0
        if blank and not group:
            continue
        group.append(piece)
        total += piece.size
    if any(piece.text.strip() for piece in group):
        yield group


def _pieces(rows: list[str]) -> Iterator[_ChunkPiece]:
    for row, line in enumerate(rows):
        for index, text in enumerate(_cut(line, (sentences, clauses, _at_blanks, _anywhere))):
            yield _ChunkPiece(text, row, index == 0, size(text))


def _cut(text: str, ways: tuple[Callable[[str], list[str]], ...]) -> list[str]:
    """Return `text` in pieces that fit, by the first way of cutting that does it; joined they give `text` back."""
    if size(text) <= MAXIMUM or not ways:
        return [text]
    packed: list[str] = []
    filled = 0.0
    for piece in ways[0](text):
        for part in _cut(piece, ways[1:]):
            own = size(part)
            if packed and filled + own <= MAXIMUM and filled < TARGET:
                packed[-1] += part
                filled += own
            else:
                packed.append(part)
                filled = own
    return packed


def _at_blanks(text: str) -> list[str]:
    pieces: list[str] = []
    for part in text.split(" "):
        if pieces:
            pieces[-1] += " "
        pieces.append(part)
    return pieces


def _anywhere(text: str) -> list[str]:
    step = MAXIMUM if count_cjk(text) * 2 > len(text) else MAXIMUM // 2
    return [text[i : i + step] for i in range(0, len(text), step)]
