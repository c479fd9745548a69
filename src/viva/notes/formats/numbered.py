"""Numbered questions in plain text: 1, 2, 3 as people type them, and 1.1, 1.2, 2.1 below the titles of chapters.

Which of the numbers are questions has to be told from the lists inside answers: a number at the outer indentation is
either the next question or an item of a list, and a single line cannot tell which. So the whole file is read at once:
of all ways to explain its numbers, the one with the highest score is taken (a beam search over the candidates). Outer
numbers go up by one, repeat, or skip a few; inner lists start at 1 and go up by one; a number that fits neither is
costly.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from viva.notes.blocks import FENCE
from viva.notes.markers import ListMark, heading_of, indent_of, looks_like_question, mark_of
from viva.notes.raw import RawEntry, answer_of, without_answer_mark
from viva.text.normal import length

if TYPE_CHECKING:
    from collections.abc import Sequence

_BEAM = 12
_HUGE = -1e9
_DATED = 1000
"""Numbers from here on are years and counts, unless the numbering itself has got there."""
_QUESTION_MARK = re.compile(r"^(?:问题?|提问|Q(?:uestion)?)[ ]?[:：]\s*(?=\S)")
_INLINE_ANSWER = re.compile(r"(?<=[?？。\s])(?:答案|答|Answer|A)[:：]\s*(?=\S)")


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A numbered line that may be a question."""

    index: int
    mark: ListMark
    headings: tuple[tuple[int, int, str], ...]
    """(line index, level, text) of heading lines directly above; level 9 for a plain line that only looks like one."""
    adjacent: bool
    """Whether the line directly above is a candidate too."""
    asks: bool
    after_blank: bool
    has_body: bool
    """Whether text that is no candidate follows before the next one."""


@dataclass(frozen=True, slots=True)
class _Path:
    """One way to explain the candidates so far."""

    score: float
    current: ListMark | None
    inner: int
    """Last number of the open inner list; 0 when none is open."""
    inner_style: str
    chosen: tuple[object, ...] | None
    """Linked list (previous, candidate) of the questions."""


def parse_numbered(lines: Sequence[str], *, first_line: int = 1) -> list[RawEntry]:
    """Return the numbered questions of `lines` in order.

    Args:
        lines: Lines without their ends.
        first_line: Number of `lines[0]` in the file, from 1.
    """
    questions = _outer(_candidates(lines))
    if not questions:
        return []
    plain_used = sum(1 for q in questions for _, level, _ in q.headings if level == 9) > 1
    stack: list[tuple[int, str]] = []
    entries: list[RawEntry] = []
    for position, question in enumerate(questions):
        for _, level, text in question.headings:
            if level < 9 or (plain_used and question.mark.value <= 1):
                stack = [item for item in stack if item[0] < level]
                stack.append((level, text))
        stop = len(lines)
        if position + 1 < len(questions):
            following = questions[position + 1]
            used = [i for i, level, _ in following.headings if level < 9 or (plain_used and following.mark.value <= 1)]
            stop = min([following.index, *used])
        entry = _entry(lines, question, stop, first_line)
        entries.append(replace(entry, headings=tuple(text for _, text in stack)))
    return entries


def _entry(lines: Sequence[str], question: _Candidate, stop: int, first_line: int) -> RawEntry:
    start, text = question.index, question.mark.text
    answer, last = answer_of(lines, start + 1, stop)
    shown = without_answer_mark(answer)
    last = last if shown.strip() else None
    inline = _INLINE_ANSWER.search(text)
    if inline:
        # "1. 什么是X？答：…": the answer starts on the question's own line.
        shown = "\n".join([text[inline.end() :].rstrip(), *_dedented(lines, start + 1, last)])
        text, last = text[: inline.start()].rstrip(), last if last is not None else start
    end = start if last is None else last
    text = _QUESTION_MARK.sub("", text)
    return RawEntry(text, shown, first_line + start, first_line + end, question.mark.number)


def _dedented(lines: Sequence[str], start: int, last: int | None) -> list[str]:
    if last is None:
        return []
    text, _ = answer_of(lines, start, last + 1)
    kept = text.split("\n")
    return [""] * (last + 1 - start - len(kept)) + kept


def _candidates(lines: Sequence[str]) -> list[_Candidate]:
    marks: list[tuple[int, ListMark]] = []
    fenced = False
    for index, line in enumerate(lines):
        if FENCE.match(line):
            fenced = not fenced
        elif not fenced:
            mark = mark_of(line)
            if mark is not None:
                marks.append((index, mark))
    strong = [mark.indent for _, mark in marks if not mark.weak and mark.style != "bare"] or [
        m.indent for _, m in marks
    ]
    # One stray blank before a number is a slip of the hand and no indentation.
    limit = min(strong, default=0) + 1
    outer = [(index, mark) for index, mark in marks if mark.indent <= limit]
    numbered = {index for index, _ in outer}
    return [
        _Candidate(
            index,
            mark,
            _headings_above(lines, index),
            index - 1 in numbered,
            looks_like_question(mark.text),
            index == 0 or not lines[index - 1].strip(),
            _has_body(lines, index, numbered),
        )
        for index, mark in outer
    ]


def _has_body(lines: Sequence[str], index: int, numbered: set[int]) -> bool:
    below = next((i for i in range(index + 1, len(lines)) if lines[i].strip()), None)
    return below is not None and below not in numbered and heading_of(lines[below]) is None


def _headings_above(lines: Sequence[str], index: int) -> tuple[tuple[int, int, str], ...]:
    """Return the run of heading lines that ends directly above line `index`, blank lines between them allowed."""
    found: list[tuple[int, int, str]] = []
    at = index - 1
    while at >= 0:
        line = lines[at]
        if line.strip():
            heading = heading_of(line)
            if heading is None:
                if not found and _plain_heading(lines, at):
                    found.append((at, 9, line.strip()))
                break
            found.append((at, *heading))
        at -= 1
    return tuple(reversed(found))


def _plain_heading(lines: Sequence[str], index: int) -> bool:
    """Whether the line may be a heading without any mark: short, alone after a blank line, no closing punctuation."""
    line = lines[index]
    alone = index == 0 or not lines[index - 1].strip()
    return (
        alone
        and indent_of(line) == 0
        and 0 < length(line) <= 20
        and line.strip()[-1] not in "。.，,；;！!？?：:"
        and mark_of(line) is None
    )


def _outer(candidates: list[_Candidate]) -> list[_Candidate]:
    """Choose the questions among the candidates."""
    strong = [c for c in candidates if not c.mark.weak and c.mark.style != "bare"]
    if len(strong) > 1 and all(c.mark.value == 1 for c in strong):
        return strong  # Markdown lets every item be "1."
    plain_headings = any(c.headings and c.headings[-1][1] == 9 for c in candidates[:1])
    styles = Counter(candidate.mark.style for candidate in candidates)
    usual = styles.most_common(1)[0][0] if styles else ""
    beam = {(-1, 0): _Path(0.0, None, 0, "", None)}
    for candidate in candidates:
        reached: dict[tuple[int, int], _Path] = {}
        for path in beam.values():
            for following in _steps(path, candidate, usual, plain_headings=plain_headings):
                key = (following.current.value if following.current else -1, following.inner)
                if key not in reached or following.score > reached[key].score:
                    reached[key] = following
        best = sorted(reached.items(), key=lambda item: -item[1].score)[:_BEAM]
        beam = dict(best)
    winner = max(beam.values(), key=lambda path: path.score)
    chosen: list[_Candidate] = []
    link = winner.chosen
    while link is not None:
        link, candidate = link  # type: ignore[assignment]
        chosen.append(candidate)
    return chosen[::-1]


def _steps(path: _Path, candidate: _Candidate, usual: str, *, plain_headings: bool) -> list[_Path]:
    """Return the ways to go on: the candidate is a question, or it is part of the answer before it."""
    mark = candidate.mark
    gain = _gain_as_question(path, candidate, usual, plain_headings=plain_headings)
    steps = []
    if gain > _HUGE / 2:
        steps.append(_Path(path.score + gain, mark, 0, "", (path.chosen, candidate)))
    gain, inner = _gain_as_text(path, candidate)
    if any(level < 9 for _, level, _ in candidate.headings):
        gain -= 1.0  # headings stand above questions, rarely inside an answer
    style = mark.style if inner != path.inner else path.inner_style
    steps.append(_Path(path.score + gain, path.current, inner, style, path.chosen))
    return steps


def _gain_as_question(path: _Path, candidate: _Candidate, usual: str, *, plain_headings: bool) -> float:
    mark, current = candidate.mark, path.current
    gain = 1.0 + (0.3 if candidate.asks else 0.0)
    if current is None:
        far = 3.0 if mark.value >= _DATED else 1.0
        return 0.0 if mark.weak else gain - (0.0 if mark.value <= 1 else far) - (1.0 if mark.style == "bare" else 0.0)
    gain -= _change_of_style(mark, current, usual)
    if mark.value == current.value + 1:
        return gain - _as_next_item(path, candidate) - (0.5 if mark.weak else 0)
    if mark.value <= 1 and candidate.headings and not mark.weak:
        plain = candidate.headings[-1][1] == 9 and not plain_headings
        return gain - (2.5 if plain else 0.0)
    return gain - _out_of_order(candidate, current)


def _change_of_style(mark: ListMark, current: ListMark, usual: str) -> float:
    """Return the cost of another mark than the question before; going back to the file's usual mark is free."""
    if mark.style == current.style:
        return 0.4 if mark.spaced != current.spaced else 0.0
    if mark.style == usual and mark.style != "bare":
        return 0.0
    if "bare" in (mark.style, current.style):
        return 1.2
    return 1.5 if mark.style in ".、):" else 3.0


def _as_next_item(path: _Path, candidate: _Candidate) -> float:
    """Right behind item n-1 of an inner list, n is more likely its next item, unless only n has text below it."""
    mark = candidate.mark
    if not (0 < path.inner == mark.value - 1 and path.inner_style == mark.style and candidate.adjacent):
        return 0.0
    return 0.1 if candidate.has_body else 0.6


def _out_of_order(candidate: _Candidate, current: ListMark) -> float:
    """Return the cost of a number that is used again or leaves some out."""
    mark = candidate.mark
    step, same = mark.value - current.value, mark.style == current.style
    if mark.weak or (mark.value >= _DATED and current.value < _DATED - 100):
        return -_HUGE
    if step == 0:
        sure = candidate.asks and candidate.has_body
        return -_HUGE if mark.style == "bare" and not sure else 1.2 if candidate.has_body else 3.0
    if mark.style == "bare" and not (same and candidate.asks and step == 2):
        return -_HUGE
    if step > 1 and same:
        return min(2.0 + 0.2 * step, 4.5)
    # Backwards: numbers swapped or begun again, when the line really asks.
    really = same and candidate.has_body and mark.text.endswith(("?", "？"))
    if really and mark.value > 1:
        return 3.0
    return 1.0 if really and mark.value == 1 and candidate.after_blank else -_HUGE


def _gain_as_text(path: _Path, candidate: _Candidate) -> tuple[float, int]:
    """Return the gain when the candidate belongs to an answer, and the number of the inner list then open."""
    mark = candidate.mark
    reached = path.current.value if path.current else 0
    stray = mark.weak or mark.style in {"bare", "-"} or (mark.value >= _DATED and reached < _DATED - 100)
    if path.current is None and not stray:
        return -2.0, 0
    if mark.value == path.inner + 1 and path.inner:
        if mark.style != path.inner_style:
            return -0.3, mark.value
        return (1.0 if candidate.adjacent else 0.7), mark.value
    if stray:
        return 0.0, path.inner
    if mark.value == 1:
        return 0.7, 1
    same = path.current is not None and mark.style == path.current.style
    return (-5.0 if same else -2.0), path.inner


# numbers of two parts, by chapter

_SUBNUMBER = re.compile(
    r"^\s*(?P<major>[0-9０-９]{1,3})[.．\-](?P<minor>[0-9０-９]{1,3})[.．、)）]?"
    r"(?:[ \t\u3000]+|(?=[\u3400-\u9fff]))(?P<text>[^\W\d].*)$"
)
_FEW = 2
"""Fewer numbers of two parts make no numbering, and so many more may a number leave out."""

_Subnumbered = tuple[int, int, int, str]
"""Row, chapter, number in it, text."""


def parse_subnumbered(lines: Sequence[str], *, first_line: int = 1) -> list[RawEntry]:
    """Return the questions of a text whose numbers go 1.1, 1.2, 2.1; empty when they do not, or do not mostly ask.

    Args:
        lines: Lines without their ends.
        first_line: Number of `lines[0]` in the file, from 1.
    """
    heads = _subnumbered(lines)
    asking = sum(looks_like_question(text) for *_, text in heads)
    if len(heads) < _FEW or asking * 2 <= len(heads):
        return []
    chapters = {row: chapter for row in range(len(lines)) if (chapter := _chapter_title(lines, row, heads)) is not None}
    if any(looks_like_question(chapter) for chapter in chapters.values()):
        return []  # "1. How …?" asks; what is below it as 1.1, 1.2 answers
    stops = sorted([*(row for row, *_ in heads), *chapters, len(lines)])
    entries: list[RawEntry] = []
    for row, major, minor, text in heads:
        answer, last = answer_of(lines, row + 1, next(stop for stop in stops if stop > row))
        answer = without_answer_mark(answer)
        above = [chapters[i] for i in chapters if i < row]
        end = row if last is None or not answer else last
        number = f"{major}.{minor}"
        entries.append(RawEntry(text, answer, first_line + row, first_line + end, number, tuple(above[-1:])))
    return entries


def _subnumbered(lines: Sequence[str]) -> list[_Subnumbered]:
    """Return the numbered lines in order; nothing when a number does not follow from the one before."""
    heads: list[_Subnumbered] = []
    for row, line in enumerate(lines):
        found = _SUBNUMBER.match(line)
        if found is None or indent_of(line) > 1:
            continue
        major, minor = (int(unicodedata.normalize("NFKC", found.group(name))) for name in ("major", "minor"))
        if heads and not _follows(heads[-1], major, minor):
            return []
        heads.append((row, major, minor, found.group("text").strip()))
    return heads if heads and heads[0][2] <= 1 else []


def _follows(before: _Subnumbered, major: int, minor: int) -> bool:
    same = major == before[1] and 0 <= minor - before[2] <= _FEW
    return same or (major == before[1] + 1 and minor <= 1)


def _chapter_title(lines: Sequence[str], row: int, heads: Sequence[_Subnumbered]) -> str | None:
    """Return the title when line `row` is the last line of text above the first question of a chapter and names it."""
    following = next((head for head in heads if head[0] > row), None)
    if following is None or following[2] > 1 or any(lines[i].strip() for i in range(row + 1, following[0])):
        return None
    heading = heading_of(lines[row])
    if heading is not None:
        return heading[1]
    mark = mark_of(lines[row])
    return mark.text if mark is not None and not mark.weak and mark.value == following[1] else None
