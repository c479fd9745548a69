"""Questions between comments of Markdown, taken as they stand: the way to write what Markdown would read otherwise.

    <!-- question 12 #tag -->
    What does the heading `# x` do?
    <!-- answer -->
    # x
    <!-- end -->

`viva export --format markdown` writes such questions where a heading would not come back as it was.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from viva.notes.formats.markdown.tags import tags_in
from viva.notes.raw import RawEntry

_OPEN = re.compile(r"^<!-- question(?: (?P<number>[0-9]+))?(?P<tags>(?: #\S+)*) -->$")
_MIDDLE = re.compile(r"^<!-- answer(?P<mark>(?: ~+)?) -->$")
_END = re.compile(r"^<!-- end(?P<mark>(?: ~+)?) -->$")


@dataclass(frozen=True, slots=True)
class Verbatim:
    """A question with the rows that it takes, its comments among them."""

    entry: RawEntry
    start: int
    stop: int


def parse_verbatim(lines: Sequence[str]) -> list[Verbatim]:
    """Return the questions between comments, in order; one that is not ended is left to other formats."""
    if not any(line.startswith("<!-- question") for line in lines):
        return []
    ends = _ends(lines)
    found: list[Verbatim] = []
    for row, line in enumerate(lines[:-2]):
        mark, middle = _OPEN.match(line.rstrip()), _MIDDLE.match(lines[row + 2].rstrip())
        if mark is None or middle is None or (found and row < found[-1].stop):
            continue
        rows = ends.get(middle["mark"], [])
        at = bisect_left(rows, row + 3)
        if at < len(rows):
            found.append(_verbatim(lines, row, rows[at], mark))
    return found


def _ends(lines: Sequence[str]) -> Mapping[str, list[int]]:
    rows: dict[str, list[int]] = defaultdict(list)
    for row, line in enumerate(lines):
        if end := _END.match(line.rstrip()):
            rows[end["mark"]].append(row)
    return rows


def _verbatim(lines: Sequence[str], row: int, end: int, mark: re.Match[str]) -> Verbatim:
    answer = "\n".join(line.rstrip() for line in lines[row + 3 : end])
    last = end if answer else row + 2  # lines are counted from 1
    entry = RawEntry(lines[row + 1].strip(), answer, row + 2, last, mark["number"], tags=tags_in(mark["tags"]))
    return Verbatim(entry, row, end + 1)


def written(question: str, answer: str, number: str, tags: Sequence[str]) -> list[str]:
    """Return the lines of a question that come back as it is."""
    lines = answer.split("\n") if answer else []
    mark = ""
    while f"<!-- end{mark} -->" in lines:
        mark = f"{mark}~" if mark else " ~"
    head = " ".join(["question", number, *(f"#{tag}" for tag in tags)])
    return [f"<!-- {head} -->", question, f"<!-- answer{mark} -->", *lines, f"<!-- end{mark} -->"]
