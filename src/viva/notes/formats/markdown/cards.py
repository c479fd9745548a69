"""Flashcards in running text: `Q:`/`A:` pairs, `question::answer`, and the `?` cards of Obsidian users."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

from viva.notes.blocks import FENCE
from viva.notes.formats.markdown.tags import tags_in
from viva.notes.markers import indent_of
from viva.notes.raw import RawEntry, answer_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_LEAD = r"^[ \t]*(?:>[ \t]*)*(?:[-*+][ \t]+)?(?:\*\*|__)?"
_COLON = r"[ \t]*(?:\*\*|__)?[ \t]*[:：][ \t]*(?:\*\*|__)?[ \t]*"
_QUESTION = re.compile(
    rf"{_LEAD}(?:Q(?:uestion)?|q(?:uestion)?|问题|题目|提问|问)[ \t]?(?P<number>[0-9０-９]{{0,5}}){_COLON}(?P<text>.*)$"
)
_ANSWER = re.compile(
    rf"{_LEAD}(?:A(?:ns(?:wer)?)?|a(?:nswer)?|答案|回答|解答|答)[ \t]?[0-9０-９]{{0,5}}{_COLON}(?P<text>.*)$"
)
_ITEM = re.compile(r"^\s*(?:>\s*)*[-*+][ \t]")
_HEADING = re.compile(r"^#{1,6}\s+\S")
_RULE = re.compile(r"^\s*(?:-{3,}|\*{3,}|_{3,}|={3,})\s*$")
_INLINE = re.compile(r"^(?P<left>[^:].*?)(?<!:)(?P<mark>:{2,3}|：{2,3})(?!:)(?P<right>.*)$")
_CODE = re.compile(r"`[^`]*`")
_PATH = re.compile(r"\b(?:std|boost|self|crate|super)::|\w::~?\w+\s*(?:\(|<|::|;|$)|\w::\w+\s*=|\d::\d|\w::\w+\s*->")
_FIELD = re.compile(
    r"^(?:tags?|status|date|created|updated|modified|alias(?:es)?|up|down|next|prev|related|source|author|type|topic"
    r"|url|id|due|parent)$",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"^\s*(?:\?{1,2}|？{1,2})\s*$")
_LAST_TAGS = re.compile(r"(?:\s+#(?!\d+\b)[\w\u3400-\u9fff][\w/\-]*)+\s*$")
"""Tags behind the answer of one line: `#flashcards` names the deck and is no part of it."""
SCHEDULE = re.compile(r"<!--\s*SR:.*?-->")


def parse_cards(lines: Sequence[str], *, first_line: int = 1) -> list[RawEntry]:
    """Return the flashcards of `lines` in order of their lines.

    Args:
        lines: Lines without their ends.
        first_line: Number of `lines[0]` in the file, from 1.
    """
    rows = [SCHEDULE.sub("", line) for line in lines]
    code = _code_rows(rows)
    pairs = _pairs(rows, code)
    taken = {row for start, stop, _ in pairs for row in range(start, stop)}
    found = [entry for _, _, entry in pairs]
    free_from = 0
    for index, row in enumerate(rows):
        if index in taken or index in code or index < free_from:
            continue
        if _SEPARATOR.match(row):
            block, free_from = _block(rows, index, free_from, code)
            found.extend(block)
        else:
            found.extend(_inline(row, index))
    return [_shifted(entry, first_line) for entry in sorted(found, key=lambda entry: entry.line)]


def _shifted(entry: RawEntry, first_line: int) -> RawEntry:
    return replace(entry, line=entry.line + first_line, end_line=entry.end_line + first_line)


def _code_rows(rows: Sequence[str]) -> set[int]:
    code: set[int] = set()
    fenced = False
    for index, row in enumerate(rows):
        if FENCE.match(row):
            fenced = not fenced
            code.add(index)
        elif fenced:
            code.add(index)
    return code


def _pairs(rows: Sequence[str], code: set[int]) -> list[tuple[int, int, RawEntry]]:
    """Return (first row, row after the last, entry) of `Q:`/`A:` pairs; nothing when no question has an answer mark."""
    code = code | _indented_code(rows, code)
    starts = [i for i, row in enumerate(rows) if i not in code and _QUESTION.match(row)]
    found: list[tuple[int, int, RawEntry]] = []
    answered = False
    for position, start in enumerate(starts):
        limit = starts[position + 1] if position + 1 < len(starts) else len(rows)
        stop = next((i for i in range(start + 1, limit) if i not in code and _ends_pair(rows, i)), limit)
        at = next((i for i in range(start + 1, stop) if i not in code and _ANSWER.match(rows[i])), None)
        answered = answered or at is not None
        found.append((start, stop, _pair(rows, start, at, stop)))
    return found if answered else []


def _indented_code(rows: Sequence[str], code: set[int]) -> set[int]:
    """Return the rows of code blocks by indentation that begin with a question mark such as `Q:`.

    As in Markdown: after a blank line, four columns deeper than the questions of the text; a list item is no code.
    """
    asking = [i for i, row in enumerate(rows) if i not in code and _QUESTION.match(row)]
    deep = min((indent_of(rows[i]) for i in asking), default=0) + 4
    found: set[int] = set()
    for start in asking:
        if start in found or start == 0 or rows[start - 1].strip() or _ITEM.match(rows[start]):
            continue
        stop = start
        while stop < len(rows) and rows[stop].strip() and indent_of(rows[stop]) >= deep:
            stop += 1
        found.update(range(start, stop))
    return found


def _ends_card(row: str) -> bool:
    return _HEADING.match(row) is not None or _RULE.match(row) is not None


def _ends_pair(rows: Sequence[str], index: int) -> bool:
    """Whether the answer above ends here: at a heading, a rule, or a card of one line after a blank line."""
    return _ends_card(rows[index]) or (not rows[index - 1].strip() and bool(_inline(rows[index], index)))


def _pair(rows: Sequence[str], start: int, at: int | None, stop: int) -> RawEntry:
    mark = _QUESTION.match(rows[start])
    assert mark is not None
    number = unicodedata.normalize("NFKC", mark.group("number")) or None
    head = [mark.group("text"), *rows[start + 1 : at if at is not None else start + 1]]
    question = _unbold(" ".join(part.strip() for part in head if part.strip()))
    if at is None:
        return RawEntry(question, "", start, start, number)
    answer_mark = _ANSWER.match(rows[at])
    assert answer_mark is not None
    below, last = answer_of(rows, at + 1, stop)
    first = answer_mark.group("text").strip()
    if last is None:
        return RawEntry(question, first, start, at if first else start, number)
    if first:
        gap = last - at - len(below.split("\n"))
        below = "\n".join([first, *[""] * gap, below])
    return RawEntry(question, below, start, last, number)


def _block(rows: Sequence[str], at: int, top: int, code: set[int]) -> tuple[list[RawEntry], int]:
    """Read the card whose sides a line with only `?` (or `??`, both ways) parts; also return the row after it.

    Its question starts at row `top` at the earliest, where the card before it ended.
    """
    start = at
    while start > top and rows[start - 1].strip() and not _ends_card(rows[start - 1]):
        if _inline(rows[start - 1], start - 1):
            break  # a card of one line right above
        start -= 1
    if start == at:
        return [], at + 1
    stop = at + 1
    while stop < len(rows) and (stop in code or (rows[stop].strip() and not _ends_card(rows[stop]))):
        stop += 1
    question = "\n".join(row.strip() for row in rows[start:at])
    answer, last = answer_of(rows, at + 1, stop)
    if not question or last is None:
        return [], at + 1
    cards = [RawEntry(_one_line(question), answer, start, last)]
    if len(rows[at].strip()) == 2:
        cards.append(RawEntry(_one_line(answer), question, start, last))
    return cards, stop


def _inline(row: str, index: int) -> list[RawEntry]:
    """Read `question::answer`; `:::` asks both ways. C++ names and Dataview fields such as `status:: done` are none."""
    bare = _CODE.sub(lambda found: "`" * len(found.group()), row)
    found = _INLINE.match(bare)
    if found is None or _PATH.search(bare):
        return []
    left = re.sub(r"^\s*(?:>\s*)*(?:[-*+]\s+|\d+[.)]\s+)?", "", row[: found.end("left")]).strip()
    written = row[found.start("right") :].strip()
    right = _LAST_TAGS.sub("", written)
    if not left or not right or _FIELD.match(left):
        return []
    tags = tags_in(written[len(right) :])
    cards = [RawEntry(_unbold(left), right, index, index, tags=tags)]
    if len(found.group("mark")) == 3:
        cards.append(RawEntry(right, left, index, index, tags=tags))
    return cards


def _one_line(text: str) -> str:
    return _unbold(" ".join(part.strip() for part in text.split("\n") if part.strip()))


def _unbold(text: str) -> str:
    for mark in ("**", "__"):
        if len(text) > 4 and text.startswith(mark) and text.endswith(mark) and text.count(mark) == 2:
            return text[2:-2].strip()
        if text.endswith(mark) and text.count(mark) == 1:
            return text.removesuffix(mark).strip()
    return text
