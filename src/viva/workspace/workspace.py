"""What can be done with notes, model, index and history; both faces use nothing else of the core."""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from viva import paths
from viva.errors import InterviewError
from viva.i18n import tr
from viva.locations import Locations, locate
from viva.settings import Settings, read_settings
from viva.workspace.import_export import ImportExport
from viva.workspace.practice_stats import PracticeStats
from viva.workspace.resources import Resources

if TYPE_CHECKING:
    from viva.grading.evaluation.evaluate import Evaluation
    from viva.interview.interview import Interview
    from viva.preferences import InForce
    from viva.types import (
        CardState,
        Clock,
        Closeness,
        Entry,
        Grade,
        Hit,
        Mode,
        Notify,
        Order,
        Problem,
        Progress,
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
    progress: Progress | None = None,
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
    chosen = read_settings(paths.settings_file()) if settings is None else settings
    return Workspace(
        locate(kb, index, model, chosen, reader=reader), chosen, notify or _silent, progress, clock or _now
    )


def _silent(_line: str) -> None:
    """Drop a line of talk: the default where nobody listens."""


def _now() -> datetime:
    return datetime.now(UTC)


class Workspace(Resources):
    """Notes, model, index and history as one; see `open_workspace`. Close it, or use it as a context manager."""

    def __init__(
        self, locations: Locations, settings: Settings, notify: Notify, progress: Progress | None, clock: Clock
    ) -> None:
        super().__init__(locations, settings, notify, progress, clock)
        self.practice_stats = PracticeStats(self)
        self.import_export = ImportExport(self)

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

    def search(self, query: str, top: int = 5) -> list[Hit]:
        """Return the best hits, at most `top`. Raises QueryError on an empty query."""
        return self.searcher.search(query, top)

    def closeness(self, hit: Hit) -> Closeness | None:
        """Return how close a hit of `search` is, in a word; None where only filters chose it."""
        from viva.retrieval.closeness import closeness

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
        aside = self.history.suspended()
        return frozenset(name for name, key in self.history.reconcile(self.entries).items() if key in aside)

    def _keys(self, ids: Iterable[str]) -> list[int]:
        keys = self.history.reconcile(self.entries)
        return [keys[self.find(name).id] for name in ids]

    def grade(self, entry: Entry, answer: str) -> Grade:
        """Return what a fair marker would say of `answer` to `entry`; nothing is stored."""
        return self.grader.grade(entry, answer)

    def rescored(self, grade: Grade) -> Grade:
        """Return a grade whose points the person judged or weighed anew, with the score that follows from them."""
        return self.grader.rescored(grade)

    def grade_rows(self, lines: Iterable[str]) -> Iterator[dict[str, object]]:
        """Grade JSON lines, one result a row, in order; a bad row gives an `error` in its place."""
        from viva.grading.evaluation.batch import grade_rows

        return grade_rows(lines, self.entries, self.grader)

    def evaluate(self, lines: Iterable[str]) -> Evaluation:
        """Compare the grader with the human `score` of each row."""
        from viva.grading.evaluation.evaluate import evaluate

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
        The mode "mock" gives a `interview.mock.MockInterview` with `limit` seconds for an answer, by default the
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
        return self._taken(lambda: self.unfinished(follow_ups=follow_ups))

    def is_open_elsewhere(self, interview: Interview) -> bool:
        """Whether another window has an interview open, so that this one cannot go on with it."""
        return self.history.lock.is_elsewhere(interview.id)

    def not_ended(self) -> Interview | None:
        """Return the interview begun last if it was not ended, open in this window to be ended here, or None.

        Raises:
            InterviewError: another window has it open.
        """
        from viva.interview.lifecycle import not_ended

        return self._taken(
            lambda: not_ended(self.entries, history=self.history, grader=self, schedule=self.schedule, clock=self.clock)
        )

    def _taken(self, find: Callable[[], Interview | None]) -> Interview | None:
        """Return the interview that is found, its seat taken; what is found again is as no other window changes it."""
        found = find()
        while found is not None:
            self.history.lock.take(found.id)
            seen, found = found, find()
            if found is not None and found.id == seen.id:
                return found
        self.history.lock.leave()
        return None

    def topics(self) -> list[str]:
        """Return headings and tags that an interview can keep to, most questions first."""
        from viva.interview.selection import topics

        return topics(self.entries)

    def card_states(self) -> list[CardState]:
        """Return where each question stands in the schedule, in the order of the notes, as it is told to a person."""
        from viva.interview.redaction import VisibleHistory

        return VisibleHistory(self.history, self.entries).card_states(self.schedule)

    def reviews(self, limit: int | None = None) -> list[Review]:
        """Return stored turns of these notes' questions, newest first, as they are told to a person."""
        from viva.interview.redaction import VisibleHistory

        return VisibleHistory(self.history, self.entries).reviews(limit)

    def back_up(self) -> Path:
        """Copy the history now, beside the copies that viva makes by itself. Raises HistoryError."""
        _ = self.history  # opened first: a history of an older viva is carried over
        return self.backups.make()
