"""What a workspace is made of, each part opened when it is first needed and made anew when the notes change.

Listing questions never loads a model, and searching never opens the history.
"""

from __future__ import annotations

from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Self

from viva import paths
from viva.errors import NotesError
from viva.i18n import tr
from viva.locations import Locations
from viva.settings import Settings, read_settings

if TYPE_CHECKING:
    from viva.grading.grader import Grader
    from viva.history.backup.backup import Backups
    from viva.history.history import History
    from viva.interview.notes_changes import NotesChanges
    from viva.notes.reader import Notes
    from viva.retrieval.build import Index
    from viva.retrieval.searcher import Searcher
    from viva.scheduling.schedule import Schedule
    from viva.types import Clock, Encoder, Entry, Notify, Progress, Reader


class Resources:
    """Notes, model, index, grader, history and schedule over one place. Close them, or use them as a context."""

    def __init__(
        self, locations: Locations, settings: Settings, notify: Notify, progress: Progress | None, clock: Clock
    ) -> None:
        self.locations = locations
        self.settings = settings
        self.notify = notify
        """Receives single lines of talk; a face may put its own in place."""
        self.progress = progress
        """Receives how far indexing and evaluating are; None when nobody watches."""
        self.clock = clock
        """Returns the time."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close what was opened; nothing is lost without it."""
        if "history" in self.__dict__:
            self.history.close()
            del self.__dict__["history"]

    @cached_property
    def notes(self) -> Notes:
        """The notes as read. Raises NotesError when a root is missing or unreadable."""
        from viva.notes.reader import read_notes

        return read_notes(self.locations.kb)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The questions, in the order of the notes. Raises NotesError when there are none."""
        if not self.notes.entries:
            names = ", ".join(str(root) for root in self.locations.kb)
            raise NotesError(
                tr(
                    'no questions found in {names}: write them as "1. question" with the answer on the lines below',
                    names=names,
                )
            )
        return self.notes.entries

    @cached_property
    def encoder(self) -> Encoder:
        """The model. Raises ModelError."""
        from viva.models.encoder import open_encoder

        return open_encoder(self.locations.model, notify=self._tell)

    @cached_property
    def reader(self) -> Reader | None:
        """The model that reads answers beside statements; None where the person wants none. Raises ModelError."""
        from viva.models.reader import open_reader

        return open_reader(self.locations.reader, notify=self._tell)

    @cached_property
    def index(self) -> Index:
        """The index, built or refreshed when it does not fit the notes. Raises IndexStoreError."""
        return self._open_index(rebuild=False)

    @cached_property
    def searcher(self) -> Searcher:
        """Search over the index."""
        from viva.retrieval.searcher import Searcher

        return Searcher(self.index, self.entries, self.encoder)

    @cached_property
    def grader(self) -> Grader:
        """The grader. Raises ModelError."""
        from viva.grading.grader import Grader

        return Grader(self.encoder, self.reader, self.searcher, entries=self.entries)

    @cached_property
    def floor(self) -> float:
        """The cosine that unrelated texts reach under the model in use. Raises ModelError."""
        from viva.models.encoder import floor

        return floor(self.encoder)

    @cached_property
    def history(self) -> History:
        """Every answer ever given. Raises HistoryError."""
        from viva.history.history import History

        return History(self.locations.history, self.clock, self.backups)

    @cached_property
    def backups(self) -> Backups:
        """The copies of the history, those made by themselves and those asked for; close the history to restore one."""
        from viva.history.backup.backup import Backups

        return Backups(self.locations.history, paths.settings_file(), self.clock, self._tell, read_settings)

    @cached_property
    def schedule(self) -> Schedule:
        """When each question comes up again."""
        from viva.scheduling.schedule import Schedule

        return Schedule(self.settings.retention)

    def warm(self) -> None:
        """Open model and index now, so that the first answer is graded at once."""
        self.grader.grade(self.entries[0], self.entries[0].question)

    def on_disk(self) -> dict[str, tuple[int, int]]:
        """Return time and size of each file of the notes, by path: equal while nothing changes. Raises NotesError."""
        from viva.notes.walk import stamps

        return stamps(self.locations.kb)

    def read_so_far(self) -> frozenset[str]:
        """Return the paths of the files that were read, as in `on_disk`; none before the notes were first needed."""
        notes: Notes | None = self.__dict__.get("notes")
        return frozenset(source.path for source in notes.sources) if notes else frozenset()

    def reread(self) -> NotesChanges | None:
        """Read the notes again; return what changed, and make anew what was made of the old ones; None for nothing.

        Raises NotesError when they, or a file of them, cannot be read, or no question is left; the old ones stay.
        """
        from viva.interview.notes_changes import notes_changes
        from viva.notes.reader import read_again

        before: Notes | None = self.__dict__.get("notes")
        notes = read_again(self.locations.kb, before)
        if notes == before:
            return None
        self.__dict__["notes"] = notes
        for made in ("index", "searcher", "grader"):
            self.__dict__.pop(made, None)
        return notes_changes(before.entries if before else (), notes.entries)

    def rebuild(self) -> Index:
        """Build the index from nothing and return it."""
        self.__dict__.pop("searcher", None)
        self.__dict__.pop("grader", None)
        self.__dict__["index"] = self._open_index(rebuild=True)
        return self.index

    def _tell(self, line: str) -> None:
        self.notify(line)

    def _open_index(self, *, rebuild: bool) -> Index:
        from viva.retrieval.build import open_index

        return open_index(
            self.locations.index,
            self.entries,
            self.encoder,
            notify=self._tell,
            progress=self.progress,
            rebuild=rebuild,
        )
