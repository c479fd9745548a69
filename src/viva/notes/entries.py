"""Entries from what the formats found: each gets its place, and an id that no other entry of the workspace has."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from viva.notes.points.split import split_points
from viva.types import Entry, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from viva.notes.raw import RawEntry


def place_entries(raw: Iterable[RawEntry], *, root: str, file: str, shown: str, name: str) -> list[Entry]:
    """Return the entries of one file.

    Args:
        raw: What the format module found, in order.
        root: Absolute POSIX path of the notes folder.
        file: POSIX path relative to `root`.
        shown: The file as the user would name it.
        name: What ids call the file: `file`, or more of the path when another root holds the same `file`.
    """
    unnumbered: Counter[tuple[str, ...]] = Counter()
    repeats: Counter[tuple[tuple[str, ...], str]] = Counter()
    taken: set[str] = set()
    entries: list[Entry] = []
    for item in raw:
        own = item.label or item.number
        if own is None:
            unnumbered[item.headings] += 1
        label = own or f"q{unnumbered[item.headings]}"
        repeats[item.headings, label] += 1
        if repeats[item.headings, label] > 1:
            label = f"{label}~{repeats[item.headings, label]}"
        place = Place(root, file, item.headings, label)
        entries.append(_entry(item, place, shown, _free_id(name, place, taken)))
    return entries


def _entry(item: RawEntry, place: Place, shown: str, entry_id: str) -> Entry:
    return Entry(
        id=entry_id,
        place=place,
        number=item.number,
        question=item.question,
        answer=item.answer,
        points=split_points(item.answer),
        file=shown,
        line=item.line,
        end_line=item.end_line,
        tags=item.tags,
    )


def _free_id(name: str, place: Place, taken: set[str]) -> str:
    """Return the id of `place`; headings that hold a slash could make two places read alike, so count on."""
    plain = f"{name}#{'/'.join([*place.headings, place.label])}"
    entry_id, copy = plain, 1
    while entry_id in taken:
        copy += 1
        entry_id = f"{plain}~{copy}"
    taken.add(entry_id)
    return entry_id


def file_names(files: Sequence[tuple[str, str]]) -> Mapping[tuple[str, str], str]:
    """Return what ids call each file, given (root, path relative to it): the relative path where that is enough.

    A name is spelt in one way (NFC), whichever the file system has. Files of several roots with the same relative path
    get as many parent folders as it takes to tell them apart.
    """
    names = {key: unicodedata.normalize("NFC", key[1]) for key in files}
    depth = 0
    while True:
        counts = Counter(names.values())
        doubled = [key for key, name in names.items() if counts[name] > 1]
        if not doubled:
            return names
        depth += 1
        for key in doubled:
            parents = PurePosixPath(key[0]).parts
            names[key] = "/".join([*(part.strip("/") for part in parents[-depth:]), key[1]])
        if depth > max(len(PurePosixPath(root).parts) for root, _ in doubled):
            return {key: "/".join(key) for key in files}


def other_wording(entry: Entry, answer: str) -> Entry:
    """Return the entry as if its notes had this answer, cut into points."""
    return replace(entry, answer=answer, points=split_points(answer))
