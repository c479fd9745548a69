"""A collection in Anki itself, by its own library: what viva reads and writes is proved on it.

The library is no part of the development tools, because it is made for fewer systems than viva: `make anki` gets it.
Where it is missing, these tests are skipped; the packages in `data/anki`, which it made, are read everywhere.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Self

import pytest


class Desk:
    """One collection; close it, or use it as a context manager."""

    def __init__(self, folder: Path) -> None:
        pytest.importorskip("anki")
        from anki.collection import Collection

        folder.mkdir(parents=True, exist_ok=True)
        self.collection = Collection(str(folder / "collection.anki2"))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.collection.close()

    def add(self, *fields: str, kind: str = "Basic", deck: str = "Default", tags: tuple[str, ...] = ()) -> int:
        """Add a note and return its id."""
        note = self.collection.new_note(self.collection.models.by_name(kind))
        for at, text in enumerate(fields):
            note.fields[at] = text
        note.tags = list(tags)
        self.collection.add_note(note, self.collection.decks.id(deck))
        return int(note.id)

    def review(self, note: int, *answers: tuple[int, datetime], card: int = 0) -> None:
        """Answer a card of the note, 1 (again) to 4 (easy), as if at these times."""
        for ease, at in answers:
            held = self.collection.get_card(self.collection.card_ids_of_note(note)[card])
            held.start_timer()
            states = self.collection._backend.get_scheduling_states(held.id)
            answer = self.collection.sched.build_answer(card=held, states=states, rating=ease - 1)
            self.collection.sched.answer_card(answer)
            milliseconds = round(at.timestamp() * 1000)
            latest = self.collection.db.scalar("SELECT max(id) FROM revlog WHERE cid = ?", held.id)
            self.collection.db.execute("UPDATE revlog SET id = ?, time = 4500 WHERE id = ?", milliseconds, latest)

    def suspend(self, note: int) -> None:
        """Suspend all cards of a note."""
        self.collection.sched.suspend_cards(self.collection.card_ids_of_note(note))

    def forget(self, note: int) -> None:
        """Have the cards of a note begin anew."""
        self.collection.sched.schedule_cards_as_new(self.collection.card_ids_of_note(note))

    def export(self, file: Path, *, legacy: bool = False) -> Path:
        """Write all of it as a package, with what was reviewed, in the newest form or that of older Ankis."""
        from anki.collection import ExportAnkiPackageOptions

        options = ExportAnkiPackageOptions(
            with_scheduling=True, with_deck_configs=False, with_media=False, legacy=legacy
        )
        self.collection.export_anki_package(out_path=str(file), options=options, limit=None)
        return file

    def take(self, file: Path) -> None:
        """Import a package with its schedule."""
        from anki.import_export_pb2 import ImportAnkiPackageOptions, ImportAnkiPackageRequest

        options = ImportAnkiPackageOptions(with_scheduling=True)
        self.collection.import_anki_package(ImportAnkiPackageRequest(package_path=str(file), options=options))

    def rows(self, query: str) -> list[list[Any]]:
        """Return the rows of a query."""
        return list(self.collection.db.all(query))

    def due_day(self, front: str) -> datetime:
        """Return the start of the day that the card with this front is due, in the time of this system."""
        ((due,),) = self.rows(
            f"SELECT cards.due FROM cards JOIN notes ON nid = notes.id WHERE cards.type = 2 AND sfld = '{front}'"
        )
        left = due - self.collection.sched.today
        return datetime.fromtimestamp(self.collection.sched.day_cutoff).astimezone() + timedelta(days=left - 1)
