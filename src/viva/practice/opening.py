"""How an interview begins, and how one that was left goes on."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress

from viva.errors import InterviewError
from viva.practice.history import History
from viva.practice.interview import Interview
from viva.practice.judgement import Marker
from viva.practice.last_answer import follow_up_waits
from viva.practice.mock import MockInterview
from viva.practice.records import StoredInterview
from viva.practice.schedule import Schedule
from viva.practice.selection import plan
from viva.practice.spread import check_mock, spread
from viva.types import Clock, Entry, Order


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
    """Begin a new interview; see `practice.selection.plan` for which questions it asks.

    `follow_ups` tells whether it asks one question more where an answer left something out. With a `limit`, the seconds
    for an answer, it is a `practice.mock.MockInterview` over questions as `practice.spread` has them.

    Raises:
        InterviewError: No question fits, the limit is out of range, or a mock interview was given an order.
        HistoryError: The history cannot be used.
    """
    topic = topic.strip() or None if topic else None
    if limit is not None:
        check_mock(limit, order)
    standings = {s.question_id: s for s in history.standings(entries, schedule)} if order != "random" else {}
    keys = history.reconcile(entries)
    aside = history.suspended()
    suspended = {name for name, key in keys.items() if key in aside}
    if limit is None:
        chosen = plan(
            entries, standings, seed=seed, count=count, topic=topic, order=order, now=clock(), only=only,
            suspended=suspended,
        )  # fmt: skip
    else:
        chosen = spread(entries, seed=seed, count=count, topic=topic, only=only, suspended=suspended)
    stored = history.begin([keys[entry.id] for entry in chosen], seed, topic, order, limit)
    with suppress(InterviewError):  # no window can have a new one open but for a history that was exchanged meanwhile
        history.seats.take(stored.id)
    by_key = {keys[entry.id]: entry for entry in entries}
    return _kind(stored)(stored.id, by_key, history, grader, schedule, clock, follow_ups=follow_ups)


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

    Who goes on with it takes its seat (`practice.seats`) and asks again: another window may have been there meanwhile.

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
    return _kind(stored)(stored.id, by_key, history, grader, schedule, clock, follow_ups=follow_ups)


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
    return None if stored is None else _kind(stored)(stored.id, by_key, history, grader, schedule, clock)


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


def _kind(stored: StoredInterview) -> type[Interview]:
    return Interview if stored.limit is None else MockInterview
