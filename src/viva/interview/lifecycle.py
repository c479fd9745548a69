"""How an interview begins, and how one that was left goes on."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress

from viva.errors import InterviewError
from viva.history.history import History
from viva.history.records import StoredInterview
from viva.i18n import tr
from viva.interview.coverage import check_mock, spread
from viva.interview.interview import Interview
from viva.interview.review import chosen_interview
from viva.interview.selection import plan
from viva.interview.turns import follow_up_waits
from viva.scheduling.schedule import Schedule
from viva.types import Clock, Entry, Marker, Order, Report


def start(  # noqa: PLR0913 - the parts of a workspace, each by name
    entries: Sequence[Entry],
    *,
    history: History,
    grader: Marker,
    schedule: Schedule,
    clock: Clock,
    seed: int,
    count: int | None = None,
    topic: str | None = None,
    order: Order = "random",
    only: Collection[str] | None = None,
    follow_ups: bool = False,
    limit: int | None = None,
) -> Interview:
    """Begin a new interview; see `interview.selection.plan` for which questions it asks.

    `follow_ups` tells whether it asks one question more where an answer left something out. With a `limit`, the seconds
    for an answer, it is a mock interview over questions as `interview.coverage` has them.

    Raises:
        InterviewError: No question fits, the limit is out of range, or a mock interview was given an order.
        HistoryError: The history cannot be used.
    """
    topic = topic.strip() or None if topic else None
    if limit is not None:
        check_mock(limit, order)
    card_states = {s.question_id: s for s in history.card_states(entries, schedule)} if order != "random" else {}
    keys = history.reconcile(entries)
    aside = history.suspended()
    suspended = {name for name, key in keys.items() if key in aside}
    if limit is None:
        chosen = plan(
            entries, card_states, seed=seed, count=count, topic=topic, order=order, now=clock(), only=only,
            suspended=suspended,
        )  # fmt: skip
    else:
        chosen = spread(entries, seed=seed, count=count, topic=topic, only=only, suspended=suspended)
    stored = history.begin([keys[entry.id] for entry in chosen], seed, topic, order, limit)
    with suppress(InterviewError):  # no window can have a new one open but for a history that was exchanged meanwhile
        history.lock.take(stored.id)
    by_key = {keys[entry.id]: entry for entry in entries}
    return Interview(stored.id, by_key, history, grader, schedule, clock, follow_ups=follow_ups)


def resume(
    entries: Sequence[Entry],
    *,
    history: History,
    grader: Marker,
    schedule: Schedule,
    clock: Clock,
    follow_ups: bool = False,
) -> Interview | None:
    """Return the interview begun last, where it was left; None when it was finished or nothing is left to ask.

    Who goes on with it takes its lock (`history.session_lock`) and asks again: another window may have it by then.

    Questions that vanished from the notes or were suspended meanwhile are dropped from what is left, but for one that
    waits with an unfinished answer. A follow-up that was asked still
    waits, whatever `follow_ups` says of the next ones.
    """
    if not entries:
        return None
    stored, by_key = _begun_last(entries, history)
    if stored is None:
        return None
    left, followed = _left(stored, by_key, history)
    if not left and not followed:
        return None
    found = [*stored.plan[: stored.position], *left]
    if found != list(stored.plan):
        # What was typed belongs to the follow-up while one waits, else to a question that may be gone.
        moved = not followed and stored.plan[stored.position] != left[0]
        forgotten: dict[str, str | int] = {"draft": "", "hints": 0, "spent": 0} if moved else {}
        history.update(stored.id, plan=json.dumps(found), **forgotten)
    return Interview(stored.id, by_key, history, grader, schedule, clock, follow_ups=follow_ups)


def not_ended(
    entries: Sequence[Entry],
    *,
    history: History,
    grader: Marker,
    schedule: Schedule,
    clock: Clock,
) -> Interview | None:
    """Return the interview begun last if it was not ended, to be ended, though nothing of it may be left to ask."""
    stored, by_key = _begun_last(entries, history)
    return None if stored is None else Interview(stored.id, by_key, history, grader, schedule, clock)


def _begun_last(entries: Sequence[Entry], history: History) -> tuple[StoredInterview | None, dict[int, Entry]]:
    """Return the interview begun last, None where it was ended or there is none, and the questions by their keys."""
    keys = history.reconcile(entries)
    by_key = {keys[entry.id]: entry for entry in entries}
    stored = history.latest(by_key)
    return None if stored is None or stored.finished_at is not None else stored, by_key


def _left(stored: StoredInterview, by_key: Mapping[int, Entry], history: History) -> tuple[list[int], bool]:
    """Return the questions that are left to ask, and whether a follow-up waits before them."""
    followed = follow_up_waits(history.turns(stored.id), by_key) is not None
    waiting = set(stored.plan[stored.position : stored.position + 1] if stored.draft and not followed else ())
    present = by_key.keys() - (history.suspended() - waiting)
    return [key for key in stored.plan[stored.position :] if key in present], followed


def end_here(interview: Interview) -> Report:
    """End an interview and return its report; an unfinished answer is not lost.

    A mock interview takes it as it stands, as it does when the time is over; in practice its question counts as
    skipped, and the history keeps what was typed.

    Raises:
        InterviewError: The unfinished answer of a mock interview cannot be graded; nothing is ended.
    """
    if interview.draft.strip() and (interview.waiting is not None or interview.current is not None):
        if interview.policy.is_mock:
            interview.hand_in(interview.draft)
        elif interview.waiting is None:  # beside a follow-up that waits it is kept at the end
            interview.skip()
    return interview.finish()


def to_ask_again(history: History, entries: Sequence[Entry], interview_id: int | None = None) -> list[str]:
    """Return the questions that an interview left open, by their ids in the notes as they are now, in order of asking.

    Args:
        history: Where it is stored.
        entries: The notes; a question that is no longer there is left out.
        interview_id: Any interview of the history. Default: the one with the latest turn on these notes.

    Raises:
        InterviewError: It left nothing open that the notes still hold, there is no such interview, or it is a mock
            that is not over.
        HistoryError: The history cannot be used.
    """
    chosen = chosen_interview(history, entries, interview_id)
    keys = history.reconcile(entries)
    present = {keys[entry.id]: entry.id for entry in entries}
    open_keys = dict.fromkeys(turn.key for turn in history.turns(chosen) if turn.review.left_open)
    found = [present[key] for key in open_keys if key in present]
    if not found:
        raise InterviewError(tr("that interview left nothing open: begin a new one"))
    return found
