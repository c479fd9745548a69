"""Imports from other programs and exports to them: the notes as files, and the schedule from Anki and for it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from viva.interop.anki_export import AnkiCardState
    from viva.interop.anki_import import AnkiImported
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

    def anki_card_states(self) -> Mapping[str, AnkiCardState]:
        """Return where each question stands, as Anki tells it, for a package. Raises HistoryError."""
        from viva.interop.anki_export import anki_card_states

        return anki_card_states(self._workspace.history, self._workspace.entries, self._workspace.schedule)

    def import_anki(self, file: Path) -> AnkiImported:
        """Add the reviews that an Anki package holds of these notes' questions. Raises HistoryError."""
        from viva.interop.anki_import import import_anki

        return import_anki(self._workspace.history, self._workspace.entries, file, self._workspace.clock())
