"""What a format module hands over: questions as they stand in one file, not yet placed in the workspace."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


_ANSWER_MARK = re.compile(
    r"^\s*(?:\*\*|__)?(?:参考答案|答案|解答|回答|答|A(?:nswer)?\s?\d{0,5})(?:\*\*|__)?\s*[:：](?:\*\*|__)?[ \t]*"
)


@dataclass(frozen=True, slots=True)
class RawEntry:
    """A question with its answer as one file holds them; the fields mean what they mean in `types.Entry`."""

    question: str
    answer: str
    line: int
    end_line: int
    number: str | None = None
    headings: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    explicit: bool = True
    """False for a Markdown heading that is a topic rather than a question."""
    label: str | None = None
    """What its place is called where the file has a lasting name for it that people do not see (Anki's guid)."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a format module found in a file."""

    entries: tuple[RawEntry, ...] = ()
    bad: tuple[tuple[int, str], ...] = ()
    """(line, what is wrong) of rows that could not be understood."""
    left_out: str | None = None
    """What of the file was passed over and why, as one sentence."""


def split_lines(text: str) -> list[str]:
    r"""Return the lines of `text` as an editor counts them: only `\n`, `\r\n` and `\r` end a line."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def answer_of(lines: Sequence[str], start: int, stop: int) -> tuple[str, int | None]:
    """Return the text of `lines[start:stop]` as an answer, and the index of its last line that holds text.

    Blank lines around it and the common indentation go; what is between stays line by line, so that line `i` counted
    from the end of the answer is line `i` counted from the end of the file's range (the chunker relies on it).
    The index is None when there is no text.
    """
    while start < stop and not lines[start].strip():
        start += 1
    while stop > start and not lines[stop - 1].strip():
        stop -= 1
    if start == stop:
        return "", None
    block = "\n".join(line.rstrip() for line in lines[start:stop])
    # The first line may stand on the question's own indentation while the rest is indented: keep both as they are.
    # textwrap leaves ideographic spaces, with which Chinese paragraphs begin.
    rows = textwrap.dedent(block).split("\n")
    wide = min(len(row) - len(row.lstrip("\u3000")) for row in rows if row)
    return "\n".join(row[wide:] for row in rows), stop - 1


def without_answer_mark(answer: str) -> str:
    """Return `answer` without "答：" or "Answer:" at its beginning."""
    return _ANSWER_MARK.sub("", answer, count=1).lstrip("\n")
