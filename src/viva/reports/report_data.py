"""The data of a report: all that it shows of an interview, gathered from the history and the notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from viva.history.history import History
from viva.history.records import StoredTurn
from viva.interview import summary
from viva.interview.review import chosen_interview
from viva.interview.turns import Turns
from viva.scheduling.schedule import Schedule
from viva.text.normal import language_of
from viva.types import Entry, Hit, Language, Near, PointResult, Report, Review
from viva.wording.passages import also_near, nearer_entry, reference


@dataclass(frozen=True, slots=True)
class ReportTurn:
    """One turn of an interview, with what the grade said of each point."""

    number: int
    """From 1, in the order of asking."""
    review: Review
    points: tuple[PointResult, ...]
    """As graded; empty for a turn without a grade."""
    flags: tuple[str, ...]
    """The flags of the grade."""
    passage: Hit | None
    """The passage of the notes that the grade kept."""
    grader_score: int | None
    """The grader's own score, 0 to 100, before the user's verdict; None where it is not known."""
    file: str | None
    """Where the question stands in the notes now; None when it is no longer there, or these are other notes."""
    line: int | None
    """From 1."""
    reference: Entry | None = None
    """The question with the answer of the notes, as it is shown; None where there is none."""
    nearer: Near | None = None
    """Another entry that the answer fits better."""
    near: tuple[Near, ...] = ()
    """Further entries that the answer is near."""


@dataclass(frozen=True, slots=True)
class ReportData:
    """What a report of an interview holds."""

    report: Report
    """The figures; of an interview that was left, `finished_at` is its last turn."""
    language: Language
    """The language of most of its questions."""
    finished: bool
    """Whether it was ended; otherwise it can be gone on with."""
    planned: int
    """Questions it was to ask."""
    topic: str | None
    turns: tuple[ReportTurn, ...]
    """In the order of asking; at least one."""

    @property
    def seconds(self) -> float:
        """Time spent on its questions."""
        return sum(turn.review.seconds for turn in self.turns)

    @property
    def weakest(self) -> tuple[ReportTurn, ...]:
        """Up to five answers that are not strong, the lowest score first."""
        by_id = {turn.review.id: turn for turn in self.turns}
        return tuple(by_id[review.id] for review in summary.weak(self.report))

    @property
    def changed(self) -> tuple[ReportTurn, ...]:
        """Answers whose verdict the user changed, in the order of asking."""
        return tuple(turn for turn in self.turns if turn.review.overridden)


def report_data(
    history: History, entries: Sequence[Entry], schedule: Schedule, interview_id: int | None = None
) -> ReportData:
    """Return the data of a report of an interview.

    Args:
        history: Where it is stored.
        entries: The notes as they are now: topics and places are theirs.
        schedule: The one in force.
        interview_id: Any interview of the history. Default: the one with the latest turn on these notes.

    Raises:
        InterviewError: There is no such interview, nothing was asked in it, or it is a mock that is not over.
        HistoryError: The history cannot be used.
    """
    chosen = chosen_interview(history, entries, interview_id)
    turns = history.turns(chosen)
    keys = history.reconcile(entries)
    by_key = {keys[entry.id]: entry for entry in entries}
    stored, reviews = history.interview(chosen), [turn.review for turn in turns]
    topics = Turns(chosen, history, schedule).topics(by_key)
    ended = stored.finished_at or max(review.answered_at for review in reviews)
    chinese = sum(language_of(review.question) == "zh" for review in reviews)
    return ReportData(
        report=summary.report(chosen, stored.started_at, ended, reviews, topics, stored.limit),
        language="zh" if chinese * 2 >= len(reviews) else "en",
        finished=stored.finished_at is not None,
        planned=len(stored.plan),
        topic=stored.topic,
        turns=tuple(
            _report_turn(number, turn, by_key.get(turn.key), history) for number, turn in enumerate(turns, start=1)
        ),
    )


def _report_turn(number: int, turn: StoredTurn, entry: Entry | None, history: History) -> ReportTurn:
    grade, review = turn.grade, turn.review
    asked = entry or history.entry(turn.key, review.question_id, review.question)
    return ReportTurn(
        number=number,
        review=review,
        points=grade.points if grade else (),
        flags=grade.flags if grade else (),
        passage=grade.passage if grade else None,
        grader_score=turn.grader_score,
        file=entry.file if entry else None,
        line=entry.line if entry else None,
        reference=reference(asked, grade) if grade else None,
        nearer=nearer_entry(asked, grade) if grade else None,
        near=also_near(asked, grade) if grade else (),
    )
