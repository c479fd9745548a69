"""Imports from other programs and exports to them: the notes as files, and the schedule from Anki and for it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from viva.interop.anki_export import AnkiCardState
    from viva.interop.anki_import import AnkiImported
    from viva.interop.transfer import Imported
    from viva.types import CardState
    from viva.workspace.workspace import Workspace


class ImportExport:
    """Exports and imports of a workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def notes_markdown(self) -> str:
        """Return the questions as Markdown that reads back as the same questions. Raises NotesError."""
        from viva.interop.notes_export import notes_markdown

        return notes_markdown(self._workspace.entries)

    def notes_csv(self) -> str:
        """Return the questions, with how well they are known, as a table that reads back. Raises HistoryError."""
        from viva.interop.notes_export import notes_csv

        return notes_csv(self._workspace.entries, self._card_states(), self._workspace.clock())

    def notes_json(self) -> str:
        """Return the questions, with how well they are known, as a JSON object a line. Raises HistoryError."""
        from viva.interop.notes_export import notes_json

        return notes_json(self._workspace.entries, self._card_states(), self._workspace.clock())

    def _card_states(self) -> dict[str, CardState]:
        return {each.question_id: each for each in self._workspace.card_states()}

    def history_json(self) -> str:
        """Return the whole history, of all notes, as JSON that `import_history` reads back. Raises HistoryError."""
        from viva.interop.transfer import export_json

        return export_json(self._workspace.history, self._workspace.clock())

    def history_csv(self) -> str:
        """Return the turns of the whole history as a table. Raises HistoryError."""
        from viva.interop.transfer import export_csv

        return export_csv(self._workspace.history)

    def import_history(self, text: str) -> Imported:
        """Merge an export into the history; what is there already stays as it is. Raises HistoryError."""
        from viva.interop.transfer import import_json

        return import_json(self._workspace.history, text)

    def anki_package(self, *, with_schedule: bool = False) -> bytes:
        """Return the questions as a package for Anki, with where each stands if that is wanted.

        Raises HistoryError where the history cannot be used, OSError where a file of the notes is gone.
        """
        from viva.interop.anki_export import anki_package

        workspace = self._workspace
        changed = max(int(Path(source.path).stat().st_mtime) for source in workspace.notes.sources)
        card_states = self.anki_card_states() if with_schedule else None
        return anki_package(workspace.entries, changed, card_states, workspace.suspended())

    @staticmethod
    def is_anki_package(file: Path) -> bool:
        """Whether a file is a package of Anki by its name."""
        from viva.notes.formats import PACKAGES

        return file.suffix.lower() in PACKAGES

    @staticmethod
    def is_read_as_notes(file: Path) -> bool:
        """Whether a file in a folder of notes is read as notes, by its name."""
        from viva.notes.formats import SUFFIXES

        return file.suffix.lower() in SUFFIXES

    def anki_card_states(self) -> Mapping[str, AnkiCardState]:
        """Return where each question stands, as Anki tells it, for a package. Raises HistoryError."""
        from viva.interop.anki_export import anki_card_states

        return anki_card_states(self._workspace.history, self._workspace.entries, self._workspace.schedule)

    def import_anki(self, file: Path) -> AnkiImported:
        """Add the reviews that an Anki package holds of these notes' questions. Raises HistoryError."""
        from viva.interop.anki_import import import_anki

        return import_anki(self._workspace.history, self._workspace.entries, file, self._workspace.clock())
