"""Which stored question an entry is: history follows a question through typos, renumbering and moves.

Pure matching, no database: the strongest evidence claims first, and nothing is claimed twice.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from viva.files import file_key
from viva.text.normal import bare, normalise
from viva.types import Entry

_SAME_PLACE_FROM = 70.0
_SAME_ANSWER_FROM = 45.0
_ANYWHERE_FROM = 86.0
_WORD_TYPO_FROM = 75.0
_CANDIDATES = 5
_MANY = 2_000_000
"""Pairs of texts from which on a matrix is computed."""
_ROWS = 256
_LATIN = re.compile(r"[a-z0-9][a-z0-9+#.\-]*")


@dataclass(frozen=True, slots=True)
class Known:
    """A question by what tells it from others: one of the notes, with its index as key, or a stored one."""

    key: int
    root: str
    file: str
    headings: tuple[str, ...]
    label: str
    text: str
    digest: str

    @property
    def path(self) -> str:
        """The file by its absolute path: the same notes may be opened by file or by folder."""
        return f"{self.root.rstrip('/')}/{self.file}"

    @property
    def place(self) -> str:
        """The file as it is compared: systems spell one name in several ways."""
        return file_key(self.path)


@lru_cache(maxsize=32_768)  # the same notes are compared with the history at each look at it
def digest_of(answer: str) -> str:
    """Return a short digest of the answer's normal form, empty for no answer."""
    plain = bare(answer)
    return hashlib.sha256(plain.encode()).hexdigest()[:24] if plain else ""


def known(index: int, entry: Entry) -> Known:
    """Return an entry in comparable form."""
    place = entry.place
    return Known(index, place.root, place.file, place.headings, place.label, entry.question, digest_of(entry.answer))


def match(entries: Sequence[Known], stored: Sequence[Known], gone: Callable[[str], bool]) -> dict[int, int]:
    """Return {entry index: stored key}; what is missing is new.

    Args:
        entries: All questions of the notes.
        stored: All questions of the history.
        gone: Whether the file with this absolute path no longer exists.
    """
    read = {entry.place for entry in entries}
    roots = {file_key(entry.root) for entry in entries}
    near, far = [], []
    for row in stored:
        # A file that exists but is not among these notes keeps its questions.
        if row.place in read or (file_key(row.root) in roots and gone(row.path)):
            near.append(row)
        elif gone(row.path):
            far.append(row)
    claims = _Claims(entries, near)
    claims.exact()
    claims.similar()
    claims.stored = far
    claims.exact()
    return claims.found


class _Claims:
    """Pairs entries with stored questions: each is paired once, and the strongest evidence comes first."""

    def __init__(self, entries: Sequence[Known], stored: list[Known]) -> None:
        self.entries = entries
        self.stored = stored
        self.found: dict[int, int] = {}
        self._taken: set[int] = set()

    def exact(self) -> None:
        """Claim equal texts: with the same place first, then the same answer, headings, file, then any."""
        for more in (
            lambda known: (known.place, known.headings, known.label, known.digest),
            lambda known: (known.place, known.headings, known.digest),
            lambda known: (known.place, known.digest),
            lambda known: (known.digest, known.headings),
            lambda known: (known.digest,),
            lambda known: (known.place, known.headings, known.label),
            lambda known: (known.place, known.headings),
            lambda known: (known.place,),
            lambda _known: (),
        ):
            self._equal(more)

    def _equal(self, more: Callable[[Known], tuple[Hashable, ...]]) -> None:
        entries, stored = self._left()
        if not entries or not stored:
            return
        waiting: dict[Hashable, list[Known]] = defaultdict(list)
        for row in reversed(stored):
            waiting[(bare(row.text) or row.text, more(row))].append(row)
        for entry in entries:
            rows = waiting.get((bare(entry.text) or entry.text, more(entry)))
            if rows:
                self._claim(entry, rows.pop())

    def similar(self) -> None:
        """Claim similar texts, the most similar pair first."""
        entries, stored = self._left()
        by_place = {(row.place, row.headings, row.label): row for row in stored}
        pairs = []
        for entry in entries:
            row = by_place.get((entry.place, entry.headings, entry.label))
            if row is not None and (score := _similarity(entry, row, _SAME_PLACE_FROM)):
                pairs.append((score, entry, row))
        self._claim_best(pairs)
        entries, stored = self._left()
        self._claim_best(_nearest(entries, stored))

    def _claim_best(self, pairs: Iterable[tuple[float, Known, Known]]) -> None:
        for _, entry, row in sorted(pairs, key=lambda pair: (-pair[0], pair[1].key, pair[2].key)):
            if entry.key not in self.found and row.key not in self._taken:
                self._claim(entry, row)

    def _claim(self, entry: Known, row: Known) -> None:
        self.found[entry.key] = row.key
        self._taken.add(row.key)

    def _left(self) -> tuple[list[Known], list[Known]]:
        return (
            [entry for entry in self.entries if entry.key not in self.found],
            [row for row in self.stored if row.key not in self._taken],
        )


def _nearest(entries: Sequence[Known], stored: Sequence[Known]) -> list[tuple[float, Known, Known]]:
    if not entries or not stored:
        return []
    answers: dict[str, list[Known]] = defaultdict(list)
    for row in stored:
        answers[row.digest].append(row)
    texts = [normalise(row.text) for row in stored]
    pairs = []
    for entry, alike in zip(entries, _alike([normalise(entry.text) for entry in entries], texts), strict=True):
        rows = [stored[index] for index in alike]
        # Few have the same answer; these may be less alike.
        if entry.digest:
            rows += answers[entry.digest][:_CANDIDATES]
        pairs += [(score, entry, row) for row in rows if (score := _similarity(entry, row, _ANYWHERE_FROM))]
    return pairs


def _alike(texts: Sequence[str], others: Sequence[str]) -> Iterator[list[int]]:
    """Yield for each text which others are most like it; a high cut-off lets rapidfuzz give up early."""
    from rapidfuzz import fuzz, process

    if len(texts) * len(others) <= _MANY:
        for text in texts:
            found = process.extract(text, others, scorer=fuzz.ratio, score_cutoff=_ANYWHERE_FROM, limit=_CANDIDATES)
            yield [index for _, _, index in found]
        return
    # Only where all notes were rewritten at once: a matrix is several times as fast, and worth loading numpy for.
    for start in range(0, len(texts), _ROWS):
        scores = process.cdist(
            texts[start : start + _ROWS], others, scorer=fuzz.ratio, score_cutoff=_ANYWHERE_FROM, workers=-1
        )
        for row in scores:
            best = sorted((-float(row[index]), int(index)) for index in row.nonzero()[0])
            yield [index for _, index in best[:_CANDIDATES]]


def _similarity(entry: Known, row: Known, least: float) -> float:
    """Return how alike two questions are, 0 to 100; 0 when they cannot be the same."""
    from rapidfuzz import fuzz

    score = fuzz.ratio(normalise(entry.text), normalise(row.text))
    if entry.digest and entry.digest == row.digest:
        return score if score >= _SAME_ANSWER_FROM else 0.0
    return score if score >= least and _same_terms(entry.text, row.text) else 0.0


def _same_terms(one: str, other: str) -> bool:
    """Whether terms and numbers agree but for typos: "BN的作用" is not a typo of "LN的作用"."""
    from rapidfuzz import fuzz

    ours, theirs = set(_LATIN.findall(normalise(one))), set(_LATIN.findall(normalise(other)))
    only_ours, only_theirs = ours - theirs, theirs - ours
    if any(word[0].isdigit() for word in only_ours | only_theirs):
        return False
    return len(only_ours) == len(only_theirs) and all(
        max(fuzz.ratio(word, candidate) for candidate in only_theirs) >= _WORD_TYPO_FROM for word in only_ours
    )


@dataclass(frozen=True, slots=True)
class NotesChanges:
    """How many questions came, went, or read differently; all 0 where only places or problems changed."""

    more: int = 0
    fewer: int = 0
    changed: int = 0
    """With other words, answer or tags than before."""


def notes_changes(before: Sequence[Entry], after: Sequence[Entry]) -> NotesChanges:
    """Compare two readings of the same notes; a question is followed through typos and moves as in the history."""
    was = [known(index, entry) for index, entry in enumerate(before)]
    found = match([known(index, entry) for index, entry in enumerate(after)], was, lambda _path: True)
    changed = sum(_words(after[new]) != _words(before[old]) for new, old in found.items())
    return NotesChanges(len(after) - len(found), len(before) - len(found), changed)


def _words(entry: Entry) -> tuple[object, ...]:
    return (entry.question, entry.answer, entry.points, entry.tags)
