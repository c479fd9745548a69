"""What is wrong with the notes: for `viva check`."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from viva.i18n import tr
from viva.text.normal import bare, is_cjk, normalise
from viva.text.segment import tokens
from viva.types import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from viva.notes.reader import Notes
    from viva.types import Entry

_RARE = 25
"""A token in more entries than this tells too little to look for twins by it."""
_SHARED = 2
"""Rare tokens two entries must share to be compared."""
_CANDIDATES = 40
"""Partners of an entry that are compared in full, those with the most rare tokens in common first."""
_SAME_ANSWER = 75.0
"""Likeness, 0 to 100 as rapidfuzz counts it, of two answers that say the same in the same words."""
_SAME_SIBLING = 96.0
"""The same where the questions differ in one word: precision and recall are told in nearly the same words."""
_SAME_WORDS = 0.5
"""Share of the shorter answer, by weight, that two answers alike by letters must also have in common."""
_SAME_QUESTION = 90.0
_UNIT = re.compile(r"[^\W_\u3400-\u9fff]+|[\u3400-\u9fff]")
_UNITS = 2
_TWIN = 6
"""Tokens both answers need for a comparison letter by letter; shorter ones are alike by chance."""
_KIN = 40
"""Tokens both answers need for their overlap to mean anything."""
_OVERLAP = 0.26
"""Share of the shorter answer, by weight, that the other one also holds."""
_SAME_TOPIC = 0.15
"""The same for the two questions."""
_FUNCTION = frozenset(
    re.findall(
        r"\w+",
        "an and any are as at be because been but by can could did do does each for from had has have how if in into is"
        " it its may more most no not of on one only or other our out over should so some such than that the their them"
        " then there these they this those to up use used was way we were what when where which while who why will with"
        " would you your",
    )
)
"""English words that any two texts share."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """An entry as the comparison sees it."""

    entry: Entry
    question: frozenset[str]
    answer: frozenset[str]
    words: str
    """The answer with nothing but letters and digits."""
    asked: str
    """The question likewise."""
    names: frozenset[str]
    """Words of the question with a Latin letter or digit: `yolov2` and `yolov3` are two questions."""


def check(notes: Notes) -> list[Problem]:
    """Return what went wrong in reading and what is wrong with the questions, by file and line."""
    problems = [*notes.problems, *_unanswered(notes.entries), *_repeated(notes.entries), *_twins(notes.entries)]
    return sorted(problems, key=lambda problem: (problem.file, problem.line or 0, problem.kind, problem.other or ""))


def _unanswered(entries: Sequence[Entry]) -> Iterator[Problem]:
    for entry in entries:
        if not entry.answered:
            yield Problem("no-answer", entry.file, entry.line, tr("No answer: {question}", question=_named(entry)))


def _repeated(entries: Sequence[Entry]) -> Iterator[Problem]:
    """A number is repeated when its section uses it twice; both sides of one card share their line and are none."""
    first: dict[tuple[object, ...], Entry] = {}
    for entry in entries:
        if entry.number is None:
            continue
        key = (entry.place.root, entry.place.file, entry.place.headings, entry.number)
        earlier = first.setdefault(key, entry)
        if earlier is not entry and earlier.line != entry.line:
            message = tr("Number {number} is used again; first at line {line}.", number=entry.number, line=earlier.line)
            yield Problem("repeated-number", entry.file, entry.line, message, _at(earlier))


def _twins(entries: Sequence[Entry]) -> Iterator[Problem]:
    readings = [_read(entry) for entry in entries]
    weights = Counter(token for reading in readings for token in reading.question | reading.answer)
    for left, right in _candidate_pairs(readings, weights):
        reason = _likeness(left, right, weights, len(readings))
        if reason:
            if left.entry.question == right.entry.question:
                message = tr("{reason}: {one}", reason=reason, one=_named(right.entry))
            else:
                one, other = _named(right.entry), _named(left.entry)
                message = tr("{reason}: {one} and {other}.", reason=reason, one=one, other=other)
            yield Problem("near-duplicate", right.entry.file, right.entry.line, message, _at(left.entry))


def _read(entry: Entry) -> _Reading:
    answer = entry.answer[:4000]
    question = frozenset(_telling(tokens(entry.question)))
    names = frozenset(token for token in tokens(entry.question) if token.isascii())
    return _Reading(entry, question, frozenset(_telling(tokens(answer))), bare(answer), bare(entry.question), names)


def _telling(found: list[str]) -> list[str]:
    return [token for token in found if (len(token) > 1 or not token.isascii()) and token not in _FUNCTION]


def _candidate_pairs(readings: Sequence[_Reading], weights: Counter[str]) -> Iterator[tuple[_Reading, _Reading]]:
    """Yield pairs that share rare tokens, the earlier entry first; all pairs would be 50 million for 10,000 entries."""
    holders: dict[str, list[int]] = defaultdict(list)
    limit = max(_RARE, len(readings) // 400)
    for index, reading in enumerate(readings):
        shared: Counter[int] = Counter()
        for token in {*reading.question, *reading.answer, f"={reading.asked}"}:
            if weights[token] > limit:
                continue
            shared.update(holders[token])
            if not (token.startswith("=") and holders[token]):
                holders[token].append(index)
        for other, count in shared.most_common(_CANDIDATES):
            if count >= _SHARED or readings[other].asked == reading.asked:
                yield readings[other], reading


def _likeness(left: _Reading, right: _Reading, weights: Counter[str], total: int) -> str | None:
    """Return why two entries look alike, or None."""
    if left.entry.line == right.entry.line and left.entry.file == right.entry.file:
        return None  # both ways of one card
    if left.asked and left.asked == right.asked:
        return tr("The same question twice")
    from rapidfuzz import fuzz

    sizes = sorted((len(left.answer), len(right.answer)))
    comparable = sizes[0] >= _TWIN and sizes[0] * 3 >= sizes[1]
    covered = _covered(left.answer, right.answer, weights, total)
    alike = _SAME_SIBLING if _siblings(left.entry.question, right.entry.question) else _SAME_ANSWER
    if comparable and covered >= _SAME_WORDS and fuzz.ratio(left.words, right.words, score_cutoff=alike):
        return tr("Nearly the same answer")
    asked_alike = fuzz.ratio(left.asked, right.asked) >= _SAME_QUESTION and left.names == right.names
    if asked_alike and (sizes[0] == 0 or covered >= _OVERLAP):
        return tr("Nearly the same question")
    same_topic = _covered(left.question, right.question, weights, total) >= _SAME_TOPIC
    if sizes[0] >= _KIN and same_topic and covered >= _OVERLAP:
        return tr("Overlapping answers")
    return None


def _siblings(left: str, right: str) -> bool:
    """Whether two questions differ in one place by a word or two characters: they ask about two things."""
    one, other = _UNIT.findall(normalise(left)), _UNIT.findall(normalise(right))
    shorter = min(len(one), len(other))
    head = next((i for i in range(shorter) if one[i] != other[i]), shorter)
    tail = next((i for i in range(shorter - head) if one[-1 - i] != other[-1 - i]), shorter - head)
    inner = [one[head : len(one) - tail], other[head : len(other) - tail]]
    return head + tail >= _UNITS and all(_is_one_word(units) for units in inner)


def _is_one_word(units: list[str]) -> bool:
    return len(units) == 1 or (len(units) == _UNITS and all(is_cjk(unit) for unit in units))


def _covered(left: frozenset[str], right: frozenset[str], weights: Counter[str], total: int) -> float:
    """Return the share of the smaller set that the other one holds, each token weighing its inverse document frequency.

    Robertson & Sparck Jones 1976 for the weight, log(1 + N / n); 0 to 1, 0 when either set is empty.
    """

    def weight(some: frozenset[str]) -> float:
        return sum(math.log1p(total / weights[token]) for token in some)

    smaller = min(weight(left), weight(right))
    return weight(left & right) / smaller if smaller else 0.0


def _named(entry: Entry) -> str:
    question = entry.question if len(entry.question) <= 40 else entry.question[:39] + "…"
    return f"{entry.number}. {question}" if entry.number else question


def _at(entry: Entry) -> str:
    return f"{entry.file}:{entry.line}"
