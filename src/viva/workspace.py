"""One value that joins notes, model, index and history; both faces use nothing else of the core.

Each part is opened when it is first needed: listing questions never loads a model, and searching never opens the
history.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from viva import paths
from viva.errors import InterviewError, NotesError, QueryError
from viva.i18n import tr
from viva.locations import Locations, locate
from viva.settings import Settings, read_settings

if TYPE_CHECKING:
    from viva.notes.reader import Notes
    from viva.practice.account import Account
    from viva.practice.afterwards import Afterwards
    from viva.practice.anki_import import AnkiImported
    from viva.practice.anki_schedule import AnkiStanding
    from viva.practice.backup import Backups
    from viva.practice.course import Course
    from viva.practice.evaluation import Evaluation
    from viva.practice.grader import Grader
    from viva.practice.history import History
    from viva.practice.interview import Interview
    from viva.practice.leniency import Habit
    from viva.practice.notes_changes import NotesChanges
    from viva.practice.schedule import Schedule
    from viva.practice.sittings import Sitting
    from viva.practice.statistics import Stats
    from viva.practice.topic_scores import TopicScore
    from viva.practice.verdicts import GivenVerdict
    from viva.preferences import InForce
    from viva.retrieval.build import Index
    from viva.retrieval.searcher import Searcher
    from viva.types import Clock, Encoder, Entry, Grade, Hit, Mode, Notify, Order, Problem, Progress, Review, Standing


def open_workspace(
    kb: str | Path | Sequence[str | Path] | None = None,
    index: str | Path | None = None,
    model: str | None = None,
    *,
    settings: Settings | None = None,
    notify: Notify | None = None,
    progress: Progress | None = None,
    clock: Clock | None = None,
) -> Workspace:
    """Return a workspace over notes; nothing is read until it is needed.

    Args:
        kb: files or folders of notes. Default: `./kb` if there is one, else the settings', else the sample notes.
        index: folder of the index. Default: `./index` for `./kb`, else the settings' or a cache folder.
        model: a sentence-transformers model by name or folder. Default: the settings', else the embedded one.
        settings: default: those of the settings file.
        notify: receives single lines of talk, such as "rebuilding the index". Default: silence.
        progress: receives how far indexing and evaluating are. Default: nobody watches.
        clock: returns the time. Default: the system's.

    Raises:
        SettingsError: the settings file cannot be used.
    """
    chosen = read_settings(paths.settings_file()) if settings is None else settings
    return Workspace(locate(kb, index, model, chosen), chosen, notify or _silent, progress, clock or _now)


def _silent(_line: str) -> None:
    """Drop a line of talk: the default where nobody listens."""


def _now() -> datetime:
    return datetime.now(UTC)


class Workspace:
    """Notes, model, index and history as one; see `open_workspace`. Close it, or use it as a context manager."""

    def __init__(
        self, locations: Locations, settings: Settings, notify: Notify, progress: Progress | None, clock: Clock
    ) -> None:
        self.locations = locations
        self.settings = settings
        self.notify = notify
        """Receives single lines of talk; a face may put its own in place."""
        self.progress = progress
        """Receives how far indexing and evaluating are; None when nobody watches."""
        self._clock = clock

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

    # What it is made of, each opened when first used

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
        from viva.semantics.encoder import open_encoder

        return open_encoder(self.locations.model, notify=self._tell)

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
        """The grader, with the calibration of the model in use."""
        from viva.practice.calibration import calibration_for
        from viva.practice.grader import Grader

        return Grader(self.encoder, self.searcher, calibration_for(self.encoder), entries=self.entries)

    @cached_property
    def history(self) -> History:
        """Every answer ever given. Raises HistoryError."""
        from viva.practice.history import History

        return History(self.locations.history, self._clock, self.backups)

    @cached_property
    def backups(self) -> Backups:
        """The copies of the history, those made by themselves and those asked for; close the history to restore one."""
        from viva.practice.backup import Backups

        return Backups(self.locations.history, paths.settings_file(), self._clock, self._tell, read_settings)

    @cached_property
    def schedule(self) -> Schedule:
        """When each question comes up again."""
        from viva.practice.schedule import Schedule

        return Schedule(self.settings.retention)

    def warm(self) -> None:
        """Open model and index now, so that the first answer is graded at once."""
        self.grader.grade(self.entries[0], self.entries[0].question)

    # What the person set

    def in_force(self) -> dict[str, InForce]:
        """Return each setting's value in force and where it comes from."""
        from viva.preferences import in_force

        return in_force(self.locations, self.settings, paths.settings_file())

    def change_settings(self, changes: Mapping[str, object | None]) -> None:
        """Change keys of the settings file (None: the default again) and put them in force. Raises SettingsError.

        An interview under way keeps its schedule; other notes, another index or model are taken at the next start.
        """
        from viva.preferences import change

        written = change(paths.settings_file(), changes)
        self.settings = replace(self.settings, **{key: getattr(written, key) for key in changes})
        self.__dict__.pop("schedule", None)

    # What can be done with it

    def require_notes(self) -> None:
        """Make sure that the notes can be opened, without reading them. Raises NotesError."""
        from viva.notes.walk import MAX_BYTES, walk

        walk(self.locations.kb, MAX_BYTES)

    def check(self) -> list[Problem]:
        """Return what is wrong with the notes, in the order of the notes."""
        from viva.notes.checks import check

        return check(self.notes)

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
        from viva.notes.reader import read_notes
        from viva.practice.notes_changes import notes_changes

        notes, before = read_notes(self.locations.kb), self.__dict__.get("notes")
        if notes == before:
            return None
        if before is not None:
            self._refuse_worse(before, notes)
        self.__dict__["notes"] = notes
        for made in ("index", "searcher", "grader"):
            self.__dict__.pop(made, None)
        return notes_changes(before.entries if before else (), notes.entries)

    @staticmethod
    def _refuse_worse(before: Notes, after: Notes) -> None:
        """Raise NotesError where a file cannot be read any more although it is there, or no question is left."""
        lost = {source.path: source.file for source in before.sources}
        for source in after.sources:
            lost.pop(source.path, None)
        unread = [file for path, file in lost.items() if Path(path).exists()]
        if unread:
            raise NotesError(tr("{file} cannot be read now: what it said before stays in force", file=unread[0]))
        if before.entries and not after.entries:
            raise NotesError(tr("the notes hold no question now: those read before stay in force"))

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

    def search(self, query: str, top: int = 5) -> list[Hit]:
        """Return the best hits, at most `top`. Raises QueryError on an empty query."""
        return self.searcher.search(query, top)

    def find(self, name: str) -> Entry:
        """Return the question with this id, or with this written number when only one has it. Raises QueryError."""
        for entry in self.entries:
            if entry.id == name:
                return entry
        numbered = [entry for entry in self.entries if entry.number == name]
        if len(numbered) == 1:
            return numbered[0]
        if numbered:
            ids = ", ".join(entry.id for entry in numbered[:5])
            raise QueryError(
                tr(
                    "the number {name} is used {count} times: name one of {ids}",
                    name=name,
                    count=len(numbered),
                    ids=ids,
                )
            )
        raise QueryError(tr("no question {name!r} in the notes: `viva questions` lists the ids", name=name))

    def pick(self, name: str) -> Entry:
        """Return the question that `find` finds, or the only one that holds these words. Raises QueryError."""
        from viva.practice.naming import by_words

        numbered = any(name in (entry.id, entry.number) for entry in self.entries)
        entry = None if numbered else by_words(self.entries, name)
        return entry or self.find(name)

    def suspend(self, ids: Iterable[str]) -> int:
        """Set questions aside: neither asked nor due; return how many were not so already. Raises QueryError."""
        return self.history.suspend(self._keys(ids))

    def resume(self, ids: Iterable[str]) -> int:
        """Let suspended questions be asked again; return how many were suspended. Raises QueryError."""
        return self.history.resume(self._keys(ids))

    def suspended(self) -> frozenset[str]:
        """Return the ids of the questions that are suspended."""
        aside = self.history.suspended()
        return frozenset(name for name, key in self.history.reconcile(self.entries).items() if key in aside)

    def _keys(self, ids: Iterable[str]) -> list[int]:
        keys = self.history.reconcile(self.entries)
        return [keys[self.find(name).id] for name in ids]

    def grade(self, entry: Entry, answer: str) -> Grade:
        """Return what a fair marker would say of `answer` to `entry`; nothing is stored."""
        return self.grader.grade(entry, answer)

    def grade_rows(self, lines: Iterable[str]) -> Iterator[dict[str, object]]:
        """Grade JSON lines, one result a row, in order; a bad row gives an `error` in its place."""
        from viva.practice.batch import grade_rows

        return grade_rows(lines, self.entries, self.grader)

    def evaluate(self, lines: Iterable[str]) -> Evaluation:
        """Compare the grader with the human `score` of each row."""
        from viva.practice.evaluation import evaluate

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

        `due` is short for the order "due", `only` the ids of the questions to keep to; see `practice.selection.plan`.
        `follow_ups` tells whether more is asked where an answer left something out, by default the settings'.
        The mode "mock" gives a `practice.mock.MockInterview` with `limit` seconds for an answer, by default the
        settings'.

        Raises:
            InterviewError: no question fits, or a limit or an order does not go with the mode.
        """
        from viva.practice.opening import start

        if mode == "practice" and limit is not None:
            raise InterviewError(tr("only a mock interview has a time limit: choose that mode, or leave the limit out"))
        own_limit = self.settings.limit if limit is None else limit
        return start(
            self.entries,
            history=self.history,
            grader=self,
            schedule=self.schedule,
            clock=self._clock,
            seed=random.SystemRandom().randrange(2**31) if seed is None else seed,
            count=self.settings.count if count is None else count,
            topic=topic,
            order="due" if due else order,
            only=only,
            follow_ups=self.settings.follow_ups if follow_ups is None else follow_ups,
            limit=own_limit if mode == "mock" else None,
        )

    def unfinished(self, *, follow_ups: bool | None = None) -> Interview | None:
        """Return the interview that was interrupted last, ready to go on, or None."""
        from viva.practice.opening import resume

        return resume(
            self.entries,
            history=self.history,
            grader=self,
            schedule=self.schedule,
            clock=self._clock,
            follow_ups=self.settings.follow_ups if follow_ups is None else follow_ups,
        )

    def topics(self) -> list[str]:
        """Return headings and tags that an interview can keep to, most questions first."""
        from viva.practice.selection import topics

        return topics(self.entries)

    def standings(self) -> list[Standing]:
        """Return where each question stands in the schedule, in the order of the notes."""
        return self.history.standings(self.entries, self.schedule)

    def reviews(self, limit: int | None = None) -> list[Review]:
        """Return stored turns of these notes' questions, newest first."""
        return self.history.reviews(self.entries, limit)

    def account(self, interview_id: int | None = None) -> Account:
        """Return all there is to tell of an interview, by default of the last one. Raises InterviewError."""
        from viva.practice.account import account

        return account(self.history, self.entries, self.schedule, interview_id)

    def afterwards(self, interview_id: int | None = None) -> Afterwards:
        """Return an interview to go through turn by turn, by default the last one. Raises InterviewError."""
        from viva.practice.afterwards import Afterwards

        return Afterwards(self.history, self.entries, self.schedule, interview_id)

    def notes_markdown(self) -> str:
        """Return the questions as Markdown that reads back as the same questions. Raises NotesError."""
        from viva.practice.notes_markdown import notes_markdown

        return notes_markdown(self.entries)

    def notes_csv(self) -> str:
        """Return the questions, with how well they are known, as a table that reads back. Raises HistoryError."""
        from viva.practice.notes_export import notes_csv

        return notes_csv(self.entries, {each.question_id: each for each in self.standings()}, self._clock())

    def notes_json(self) -> str:
        """Return the questions, with how well they are known, as a JSON object a line. Raises HistoryError."""
        from viva.practice.notes_export import notes_json

        return notes_json(self.entries, {each.question_id: each for each in self.standings()}, self._clock())

    def anki_standings(self) -> Mapping[str, AnkiStanding]:
        """Return where each question stands, as Anki tells it, for a package. Raises HistoryError."""
        from viva.practice.anki_schedule import anki_standings

        return anki_standings(self.history, self.entries, self.schedule)

    def import_anki(self, file: Path) -> AnkiImported:
        """Add the reviews that an Anki package holds of these notes' questions. Raises HistoryError."""
        from viva.practice.anki_import import import_anki

        return import_anki(self.history, self.entries, file, self._clock())

    def verdicts(self) -> list[GivenVerdict]:
        """Return the verdicts that the person gave and that count for other answers, of all notes, newest first."""
        return self.history.verdicts()

    def habit(self) -> Habit:
        """Return how the person marks, compared with the grader."""
        return self.history.habit()

    def forget_verdicts(self, review_id: int | None = None) -> int:
        """Let one verdict, or all of them, count for nothing but its own turn. Raises HistoryError."""
        return self.history.forget_verdicts(review_id)

    def back_up(self) -> Path:
        """Copy the history now, beside the copies that viva makes by itself. Raises HistoryError."""
        _ = self.history  # opened first: a history of an older viva is carried over
        return self.backups.make()

    def stats(self) -> Stats:
        """Return the figures of the history of these notes."""
        from viva.practice.statistics import statistics

        return statistics(self.history, self.entries, self.schedule, self._clock)

    def course(self) -> Course:
        """Return how practice of these notes goes over weeks, by topic and by point."""
        from viva.practice.course import course
        from viva.practice.past import read_past

        return course(
            read_past(self.history, self.entries, self.schedule), self.standings(), self.entries, self._clock()
        )

    def topic_scores(self) -> tuple[TopicScore, ...]:
        """Return how each topic stands, in the order of `topics`."""
        from viva.practice.topic_scores import topic_scores

        return topic_scores(self.entries, self.standings())

    def sittings(self, most: int = 3) -> tuple[Sitting, ...]:
        """Return the last interviews over these notes, the latest first."""
        from viva.practice.opening import withheld
        from viva.practice.sittings import last_turns, sittings

        untold = withheld(self.history, self.entries)
        return sittings(last_turns(self.history, self.entries, most), most, untold=untold)
