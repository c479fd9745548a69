"""What can be done with notes, model, index and history; both faces use nothing else of the core."""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from viva.errors import InterviewError, NotesError
from viva.i18n import tr
from viva.locations import InForce, Locations, in_force, locate, settings_file
from viva.settings import Settings, change, read_settings
from viva.workspace.import_export import ImportExport
from viva.workspace.practice_stats import PracticeStats

if TYPE_CHECKING:
    from viva.grading.batch import Evaluation
    from viva.grading.grader import Grader
    from viva.history.backup.backup import Backups
    from viva.history.history import History
    from viva.history.identity import NotesChanges
    from viva.interview.dialogue.controller import Controller
    from viva.interview.interview import Interview
    from viva.notes.context_lines import Around
    from viva.notes.reader import Notes
    from viva.retrieval.build import Index
    from viva.retrieval.manifest import Manifest
    from viva.retrieval.searcher import Searcher
    from viva.scheduling.schedule import Schedule
    from viva.types import (
        CardState,
        Clock,
        Closeness,
        Encoder,
        Entry,
        Grade,
        Hit,
        Mastery,
        Mode,
        Notify,
        Order,
        Problem,
        ProgressCallback,
        Reader,
        Report,
        Review,
    )


def open_workspace(
    kb: str | Path | Sequence[str | Path] | None = None,
    index: str | Path | None = None,
    model: str | None = None,
    *,
    reader: str | None = None,
    settings: Settings | None = None,
    notify: Notify | None = None,
    progress: ProgressCallback | None = None,
    clock: Clock | None = None,
) -> Workspace:
    """Return a workspace over notes; nothing is read until it is needed.

    Args:
        kb: files or folders of notes. Default: `./kb` if there is one, else the settings', else the sample notes.
        index: folder of the index. Default: `./index` for `./kb`, else the settings' or a cache folder.
        model: a sentence-transformers model by name or folder. Default: the settings', else the embedded one.
        reader: a cross-encoder for entailment by name or folder, or "none". Default: the settings', else the embedded.
        settings: default: those of the settings file.
        notify: receives single lines of talk, such as "rebuilding the index". Default: silence.
        progress: receives how far indexing and evaluating are. Default: nobody watches.
        clock: returns the time. Default: the system's.

    Raises:
        SettingsError: the settings file cannot be used.
    """
    chosen = read_settings(settings_file()) if settings is None else settings
    return Workspace(
        locate(kb, index, model, chosen, reader=reader), chosen, notify or _silent, progress, clock or _now
    )


def _silent(_line: str) -> None:
    """Drop a line of talk: the default where nobody listens."""


def _now() -> datetime:
    return datetime.now(UTC)


class Workspace:
    """Notes, model, index and history as one; see `open_workspace`. Close it, or use it as a context manager."""

    def __init__(
        self, locations: Locations, settings: Settings, notify: Notify, progress: ProgressCallback | None, clock: Clock
    ) -> None:
        self.locations = locations
        self.settings = settings
        self.notify = notify
        """Receives single lines of talk; a face may put its own in place."""
        self.progress = progress
        """Receives how far indexing and evaluating are; None when nobody watches."""
        self.clock = clock
        """Returns the time."""
        self.practice_stats = PracticeStats(self)
        self.import_export = ImportExport(self)

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

    # What it is made of, each opened when first needed and made anew when the notes change

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
        """The model that reads answers beside statements; None where the user wants none. Raises ModelError."""
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

        return Backups(self.locations.history, settings_file(), self.clock, self._tell, read_settings)

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
        from viva.history.identity import notes_changes
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

    def manifest(self) -> Manifest:
        """Return what the index says of itself, without opening it, which would mend it.

        Raises:
            FileNotFoundError: It was not built yet.
            ValueError: It cannot be read, and will be rebuilt.
        """
        from viva.retrieval.manifest import NAME, Manifest

        return Manifest.read(self.locations.index / NAME)

    def is_current(self, manifest: Manifest) -> bool:
        """Whether an index fits the notes and the model as they are."""
        from viva.retrieval.manifest import digest

        return manifest.model == self.encoder.model_id and manifest.notes == digest(self.entries)

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

    # What the user set

    def in_force(self) -> dict[str, InForce]:
        """Return each setting's value in force and where it comes from."""
        return in_force(self.locations, self.settings, settings_file())

    def change_settings(self, changes: Mapping[str, object | None]) -> None:
        """Change keys of the settings file (None: the default again) and put them in force. Raises SettingsError.

        An interview under way keeps its schedule; other notes, another index or model are taken at the next start.
        """
        written = change(settings_file(), changes)
        self.settings = replace(self.settings, **{key: getattr(written, key) for key in changes})
        self.__dict__.pop("schedule", None)

    # What can be done with it

    def require_notes(self) -> None:
        """Make sure that the notes can be opened, without reading them. Raises NotesError."""
        from viva.notes.walk import MAX_BYTES, walk

        walk(self.locations.kb, MAX_BYTES)

    @staticmethod
    def around(file: Path, line: int, end: int | None = None, begins: str = "") -> Around:
        """Return the lines of a file around a passage, which may have moved since it was read. Raises NotesError."""
        from viva.notes.context_lines import read_around

        return read_around(file, line, end, begins)

    def check(self) -> list[Problem]:
        """Return what is wrong with the notes, in the order of the notes."""
        from viva.notes.checks import check

        return check(self.notes)

    def search(self, query: str, top: int = 5) -> list[Hit]:
        """Return the best hits, at most `top`. Raises QueryError on an empty query."""
        return self.searcher.search(query, top)

    def closeness(self, hit: Hit) -> Closeness | None:
        """Return how close a hit of `search` is, in a word; None where only filters chose it."""
        from viva.retrieval.searcher import closeness

        return closeness(hit, self.floor)

    def find(self, name: str) -> Entry:
        """Return the question with this id, or with this written number when only one has it. Raises QueryError."""
        from viva.interview.question_lookup import by_name

        return by_name(self.entries, name)

    def pick(self, name: str) -> Entry:
        """Return the question that `find` finds, or the only one that holds these words. Raises QueryError."""
        from viva.interview.question_lookup import by_name_or_words

        return by_name_or_words(self.entries, name)

    def suspend(self, ids: Iterable[str]) -> int:
        """Set questions aside: neither asked nor due; return how many were not so already. Raises QueryError."""
        return self.history.suspend(self._keys(ids))

    def resume(self, ids: Iterable[str]) -> int:
        """Let suspended questions be asked again; return how many were suspended. Raises QueryError."""
        return self.history.resume(self._keys(ids))

    def suspended(self) -> frozenset[str]:
        """Return the ids of the questions that are suspended."""
        suspended = self.history.suspended()
        return frozenset(name for name, key in self.history.reconcile(self.entries).items() if key in suspended)

    def _keys(self, ids: Iterable[str]) -> list[int]:
        keys = self.history.reconcile(self.entries)
        return [keys[self.find(name).id] for name in ids]

    def grade(self, entry: Entry, answer: str) -> Grade:
        """Return what a fair marker would say of `answer` to `entry`; nothing is stored."""
        return self.grader.grade(entry, answer)

    def prepare(self, entry: Entry) -> None:
        """Make ready what answers to `entry` are compared with, so that the first is graded at once."""
        self.grader.reference(entry)

    def rescored(self, grade: Grade) -> Grade:
        """Return a grade whose points the user judged or weighed anew, with the score that follows from them."""
        return self.grader.rescored(grade)

    def grade_rows(self, lines: Iterable[str]) -> Iterator[dict[str, object]]:
        """Grade JSON lines, one result a row, in order; a bad row gives an `error` in its place."""
        from viva.grading.batch import grade_rows

        return grade_rows(lines, self.entries, self.grader)

    def evaluate(self, lines: Iterable[str]) -> Evaluation:
        """Compare the grader with the human `score` of each row."""
        from viva.grading.batch import evaluate

        return evaluate(lines, self.entries, self.grader, self.progress)

    def interview(  # noqa: PLR0913 - what is asked for, each by name
        self,
        *,
        count: int | None = None,
        seed: int | None = None,
        topic: str | None = None,
        due: bool = False,
        order: Order = "random",
        only: Collection[str] | None = None,
        follow_ups: bool | None = None,
        mode: Mode = "practice",
        limit: int | None = None,
    ) -> Interview:
        """Start an interview of at most `count` questions, by default the settings'; the model waits for an answer.

        `due` is short for the order "due", `only` the ids of the questions to keep to; see `interview.selection.plan`.
        `follow_ups` tells whether more is asked where an answer left something out, by default the settings'.
        The mode "mock" gives a mock interview (`interview.policy`) with `limit` seconds for an answer, by default the
        settings'.

        Raises:
            InterviewError: no question fits, or a limit or an order does not go with the mode.
        """
        from viva.interview.lifecycle import start

        if mode == "practice" and limit is not None:
            raise InterviewError(tr("only a mock interview has a time limit: choose that mode, or leave the limit out"))
        own_limit = self.settings.limit if limit is None else limit
        return start(
            self.entries,
            history=self.history,
            grader=self,
            schedule=self.schedule,
            clock=self.clock,
            seed=random.SystemRandom().randrange(2**31) if seed is None else seed,
            count=self.settings.count if count is None else count,
            topic=topic,
            order="due" if due else order,
            only=only,
            follow_ups=self.settings.follow_ups if follow_ups is None else follow_ups,
            limit=own_limit if mode == "mock" else None,
        )

    def session(
        self,
        interview: Interview,
        *,
        resumed: bool = False,
        pauses: bool = True,
        attended: bool = True,
        leave_key: str = "Esc",
        rng: random.Random | None = None,
    ) -> Controller:
        """Return what takes the keys and lines of a user in an interview; see `interview.dialogue.controller`."""
        from viva.interview.dialogue.controller import Controller

        return Controller(
            self, interview, resumed=resumed, pauses=pauses, attended=attended, leave_key=leave_key, rng=rng
        )

    def begin_session(
        self,
        *,
        count: int,
        topic: str | None = None,
        order: Order = "random",
        only: Collection[str] | None = None,
        limit: int | None = None,
    ) -> Controller:
        """Start a new interview and the session that holds it; see `interview`.

        With a `limit`, the seconds for an answer, it is a mock interview, which has an order of its own.

        Raises:
            InterviewError: No question fits.
        """
        if limit is None:
            return self.session(self.interview(count=count, topic=topic, order=order, only=only))
        return self.session(self.interview(count=count, topic=topic, only=only, mode="mock", limit=limit))

    def resume_session(self) -> Controller:
        """Take up the interview that was interrupted. Raises InterviewError when there is none, or a window has it."""
        interview = self.go_on()
        if interview is None:
            raise InterviewError(tr("no interview waits any more: start a new one"))
        return self.session(interview, resumed=True)

    def unfinished(self, *, follow_ups: bool | None = None) -> Interview | None:
        """Return the interview that was interrupted last, to be looked at, or None; `go_on` is to go on with it."""
        from viva.interview.lifecycle import resume

        return resume(
            self.entries,
            history=self.history,
            grader=self,
            schedule=self.schedule,
            clock=self.clock,
            follow_ups=self.settings.follow_ups if follow_ups is None else follow_ups,
        )

    def go_on(self, *, follow_ups: bool | None = None) -> Interview | None:
        """Return the interview that was interrupted last, open in this window from now on, or None.

        Raises:
            InterviewError: another window has it open.
        """
        return self._locked(lambda: self.unfinished(follow_ups=follow_ups))

    def is_open_elsewhere(self, interview: Interview) -> bool:
        """Whether another window has an interview open, so that this one cannot go on with it."""
        return self.history.lock.is_elsewhere(interview.id)

    def not_ended(self) -> Interview | None:
        """Return the interview begun last if it was not ended, open in this window to be ended here, or None.

        Raises:
            InterviewError: another window has it open.
        """
        from viva.interview.lifecycle import not_ended

        return self._locked(
            lambda: not_ended(self.entries, history=self.history, grader=self, schedule=self.schedule, clock=self.clock)
        )

    def end_waiting(self) -> Report:
        """End the interview that waits, as it is, and return its report. Raises InterviewError when there is none."""
        from viva.interview.lifecycle import end_here

        interview = self.not_ended()
        if interview is None:
            raise InterviewError(tr("no interview waits any more: start a new one"))
        return end_here(interview)

    def _locked(self, find: Callable[[], Interview | None]) -> Interview | None:
        """Return the interview that is found, locked for this window, and read again now that no other changes it."""
        interview = find()
        while interview is not None:
            self.history.lock.take(interview.id)
            locked, interview = interview, find()
            if interview is not None and interview.id == locked.id:
                return interview
        self.history.lock.leave()
        return None

    def topics(self) -> list[str]:
        """Return headings and tags that an interview can keep to, most questions first."""
        from viva.interview.selection import topics

        return topics(self.entries)

    def states(self, entry: Entry, card_state: CardState | None, now: datetime) -> tuple[Mastery, ...]:
        """Return all words that fit a question at `now`, the one that counts first; see `scheduling.mastery`."""
        from viva.scheduling.mastery import states

        return states(entry, card_state, now)

    def card_states(self) -> list[CardState]:
        """Return where each question stands, in the order of the notes, as far as the user may see it."""
        from viva.interview.redaction import VisibleHistory

        return VisibleHistory(self.history, self.entries).card_states(self.schedule)

    def reviews(self, limit: int | None = None) -> list[Review]:
        """Return stored turns of these notes' questions, newest first, as far as the user may see them."""
        from viva.interview.redaction import VisibleHistory

        return VisibleHistory(self.history, self.entries).reviews(limit)

    def back_up(self) -> Path:
        """Copy the history now, beside the copies that viva makes by itself. Raises HistoryError."""
        _ = self.history  # opened first: a history of an older viva is carried over
        return self.backups.make()
