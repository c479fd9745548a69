"""Import of the reviews made in Anki: a note of a package is matched with the question of these notes that it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from viva.errors import HistoryError
from viva.history.card_state import suspend_undecided
from viva.history.history import History
from viva.history.identity import known, match
from viva.history.review_log import Recall, add_outside
from viva.i18n import tr
from viva.interop.anki_export import guid_of
from viva.notes.entries import place_entries
from viva.notes.formats.anki.collection import AnkiNote, read_reviews
from viva.notes.formats.anki.package import PackageError
from viva.reasons import why
from viva.types import Entry, Rating

SOURCE = "anki"


@dataclass(frozen=True, slots=True)
class AnkiImported:
    """What an import added, and what it passed over."""

    reviews: int
    """Reviews that are new to the history."""
    questions: int
    """Questions with such reviews."""
    already: int
    """Reviews that the history had already."""
    unmatched: int
    """Reviewed Anki notes that match no question of these notes."""
    suspended: tuple[str, ...]
    """Ids of questions that are suspended now because their card is, where the user had not decided otherwise."""


def import_anki(history: History, entries: Sequence[Entry], file: Path, now: datetime) -> AnkiImported:
    """Add the reviews of a package to the history, and suspend what is suspended there.

    What is there already is left alone, as is a question that was suspended or resumed in viva.

    A note is a question of these notes when the package is one of their files, when viva exported it, or when both ask
    the same.

    Args:
        history: Where the reviews go.
        entries: The questions of the notes.
        file: The package.
        now: Aware; a review of a clock that was ahead is left out.

    Raises:
        HistoryError: It cannot be read, or the history cannot be written; nothing has changed then.
    """
    notes = _read(file.expanduser())
    questions = _matched(notes, entries, file.expanduser())
    keys = history.reconcile(entries)
    recalls = [
        (keys[questions[at].id], Recall(Rating(review.rating), review.at, review.seconds))
        for at, note in enumerate(notes)
        if at in questions
        for review in note.reviews
        if review.at <= now
    ]
    added = add_outside(history.database, recalls, SOURCE)
    names = {
        keys[questions[at].id]: questions[at].id for at, note in enumerate(notes) if note.suspended and at in questions
    }
    suspended = suspend_undecided(history.database, names, now)
    return AnkiImported(
        reviews=len(added),
        questions=len(set(added)),
        already=len(recalls) - len(added),
        unmatched=sum(bool(note.reviews) for at, note in enumerate(notes) if at not in questions),
        suspended=tuple(names[key] for key in suspended),
    )


def _read(file: Path) -> list[AnkiNote]:
    try:
        with file.open("rb") as package:
            return read_reviews(package)
    except OSError as error:
        raise HistoryError(tr("cannot read {file} ({reason}): check the path", file=file, reason=why(error))) from error
    except PackageError as error:
        raise HistoryError(tr("cannot read {file}: {reason}", file=file, reason=error)) from error


def _matched(notes: Sequence[AnkiNote], entries: Sequence[Entry], file: Path) -> Mapping[int, Entry]:
    """Return the question that each note is, by the note's index."""
    exported = {guid_of(entry): entry for entry in entries}
    by_guid = {at: exported[guid] for at, note in enumerate(notes) if (guid := note.entry.label or "") in exported}
    taken = {entry.id for entry in by_guid.values()}
    remaining = [entry for entry in entries if entry.id not in taken]
    root = file.absolute().parent.as_posix()
    placed = place_entries([note.entry for note in notes], root=root, file=file.name, shown=file.name, name=file.name)
    theirs = [known(at, entry) for at, entry in enumerate(placed) if at not in by_guid]
    ours = [known(at, entry) for at, entry in enumerate(remaining)]
    same = match(theirs, ours, lambda _path: True)
    return by_guid | {at: remaining[key] for at, key in same.items()}
