"""Robustness: answers over the sample notes, edited by program with a fixed seed; does the score move when it should.

An answer is what the notes say, all points of an entry or the first half of them. Edits that keep the meaning should
leave its score alone; edits that break it should lower it; a list of the entry's rarest words should earn nothing.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from benchmarks.embedding.flips import Flip, exchanged, flips
from training.reading.made import negated
from viva.grading.calibration import PARTIAL_FROM
from viva.notes.reader import read_notes
from viva.text.normal import language_of
from viva.text.terms import TermWeights, terms
from viva.types import Entry, Language

NOTES = Path(__file__).resolve().parents[2] / "kb"
Score = Callable[[Entry, str], float]
"""Gives 0 to 1."""
_MOVED = 0.10
_STUFFED = 6
_WORD = re.compile(r"[A-Za-z]{6,}")
_POLITE: dict[Language, tuple[str, str]] = {
    "zh": ("好的，我来回答一下：", "。以上就是我的回答，谢谢。"),
    "en": ("Sure, let me try to answer: ", ". That is my answer, thank you."),
}
_FILLER: dict[Language, tuple[str, ...]] = {
    "zh": ("嗯，", "其实", "怎么说呢，", "我觉得"),
    "en": ("well, ", "basically ", "you know, ", "I think "),
}


@dataclass(frozen=True, slots=True)
class Edits:
    """What edits did to scores, shares from 0 to 1 by the name of the edit, and how many there were."""

    moved: dict[str, tuple[float, int]]
    """Edits that keep the meaning: the share that moved the score by more than ten points."""
    lowered: dict[str, tuple[float, int]]
    """Edits that break the meaning: the share that lowered the score."""
    stuffed: tuple[float, int]
    """Lists of rare words: the share that passed, which is 40 or more."""
    told: dict[str, tuple[float, int]]
    """Flips, by language: the share where the true statement scores ten points more than the false one."""


def edited(score: Score, notes: Path = NOTES) -> Edits:
    """Score all edits of all answers."""
    entries = [entry for entry in read_notes([notes]).entries if len(entry.points) > 1]
    rng = random.Random(20261125)
    moved: dict[str, list[bool]] = {}
    lowered: dict[str, list[bool]] = {}
    for entry in entries:
        texts = [point.text for point in entry.points]
        for said in (texts, texts[: (len(texts) + 1) // 2]):
            before = score(entry, "\n".join(said))
            for name, answer in _keeping(said, rng):
                moved.setdefault(name, []).append(abs(score(entry, answer) - before) > _MOVED)
            for name, answer in _breaking(said, rng):
                lowered.setdefault(name, []).append(score(entry, answer) < before)
    rarity = TermWeights.of(f"{entry.question}\n{entry.answer}" for entry in entries)
    passed = [score(entry, _stuffing(entry, rarity)) >= PARTIAL_FROM / 100 for entry in entries]
    return Edits(_shares(moved), _shares(lowered), (float(np.mean(passed)), len(passed)), _told(score, notes))


def _shares(marks: dict[str, list[bool]]) -> dict[str, tuple[float, int]]:
    return {name: (float(np.mean(found)), len(found)) for name, found in marks.items()}


def _told(score: Score, notes: Path) -> dict[str, tuple[float, int]]:
    """Hold each flipped statement against its own point alone: what else the entry says has no part in it."""
    owners = {point.text: entry for entry in read_notes([notes]).entries for point in entry.points}
    marks: dict[str, list[bool]] = {"zh": [], "en": []}
    for flip in flips(notes):
        entry = _alone(owners[flip.reference], flip)
        gap = score(entry, flip.true) - score(entry, flip.false)
        marks["zh" if flip.chinese else "en"].append(gap >= _MOVED)
    return _shares(marks)


def _alone(entry: Entry, flip: Flip) -> Entry:
    points = tuple(point for point in entry.points if point.text == flip.reference)
    return replace(entry, answer=flip.reference, points=points)


def _keeping(said: Sequence[str], rng: random.Random) -> Iterator[tuple[str, str]]:
    text = "\n".join(said)
    language = language_of(text)
    yield "reordered", "\n".join(reversed(said))
    before, after = _POLITE[language]
    yield "politeness", f"{before}{text}{after}"
    yield "fillers", "\n".join(f"{rng.choice(_FILLER[language])}{one}" for one in said)
    typed = _mistyped(text, rng)
    if typed != text:
        yield "typos", typed
    other = _reworded(text, 1)
    if other != text:
        yield "synonyms", other


def _breaking(said: Sequence[str], rng: random.Random) -> Iterator[tuple[str, str]]:
    place = rng.randrange(len(said))
    if len(said) > 1:
        yield "deleted", "\n".join(one for index, one in enumerate(said) if index != place)
    for name, change in (("negated", negated), ("contradicted", lambda text: _reworded(text, 2, most=1))):
        for index in rng.sample(range(len(said)), len(said)):
            wrong = change(said[index])
            if wrong != said[index]:
                yield name, "\n".join([*said[:index], wrong, *said[index + 1 :]])
                break


def _mistyped(text: str, rng: random.Random) -> str:
    """Swap two inner letters of up to two long English words."""
    for match in rng.sample(found, min(2, len(found))) if (found := list(_WORD.finditer(text))) else ():
        place = rng.randrange(match.start() + 1, match.end() - 2)
        text = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    return text


def _reworded(text: str, column: int, most: int = 2) -> str:
    """Put in place of up to `most` words of the list what its column says: 1 the same, 2 the opposite."""
    done = 0
    for row in exchanged():
        edge = r"\b" if row[0].isascii() else ""
        found = re.search(f"{edge}{re.escape(row[0])}{edge}", text)
        if found is not None and done < most:
            text = text[: found.start()] + row[column] + text[found.end() :]
            done += 1
    return text


def _stuffing(entry: Entry, rarity: TermWeights) -> str:
    found = {term for point in entry.points for term in terms(point.text)}
    ranked = sorted(found, key=lambda term: (-rarity.weight(term), term))
    return "，".join(ranked[:_STUFFED]) if language_of(entry.answer) == "zh" else ", ".join(ranked[:_STUFFED])
