"""When a question comes up again: FSRS through py-fsrs, as a fold over its reviews; and what that makes of each day.

The state is never edited, always folded anew, so that an undone or corrected review leaves no trace. Steps of minutes
are off: an interview asks a question once, so the shortest wait is a day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any

from viva.text.moments import days_between, local_day
from viva.types import CardState, Entry, Grade, Rating


@dataclass(frozen=True, slots=True)
class FoldedCard:
    """The state of a question in FSRS."""

    json: str
    """py-fsrs' own form of the card."""
    due: datetime


@dataclass(frozen=True, slots=True)
class Memory:
    """The memory of a question after a review, as FSRS models it."""

    stability: float
    """Days until the chance of remembering has fallen to 0.9."""
    difficulty: float
    """1 to 10."""
    due: datetime


class Schedule:
    """Folds ratings to a due time. Deterministic: no fuzz, the card's id is always given."""

    def __init__(self, retention: float = 0.9) -> None:
        """Make a schedule.

        Args:
            retention: Chance of remembering to aim at, 0.7 to 0.99.
        """
        self.retention = retention

    def fold(self, key: int, reviews: Iterable[tuple[Rating, datetime]]) -> FoldedCard | None:
        """Return the state after `reviews` (rating, aware UTC time), in order of time; None after no review."""
        cards = list(self._cards(key, reviews))
        return FoldedCard(cards[-1].to_json(), cards[-1].due) if cards else None

    def due_times(self, key: int, reviews: Iterable[tuple[Rating, datetime]]) -> list[datetime]:
        """Return when the question came up again after each of `reviews`, in order of time."""
        return [card.due for card in self._cards(key, reviews)]

    def memories(self, key: int, reviews: Iterable[tuple[Rating, datetime]]) -> list[Memory]:
        """Return the state of memory after each of `reviews`, in order of time."""
        return [Memory(float(card.stability), float(card.difficulty), card.due) for card in self._cards(key, reviews)]

    @property
    def decay(self) -> float:
        """How fast the chance of remembering falls, as FSRS's curve of forgetting has it."""
        return float(self._scheduler.parameters[20])

    def _cards(self, key: int, reviews: Iterable[tuple[Rating, datetime]]) -> Iterator[Any]:
        """Yield the card after each review, in order of time."""
        import fsrs

        card = None
        for rating, when in sorted(reviews, key=lambda review: review[1]):
            moment = when.astimezone(UTC)
            card = card or fsrs.Card(card_id=key, due=moment)
            card, _ = self._scheduler.review_card(card, fsrs.Rating(int(rating)), moment)
            yield card

    def retrievability(self, state: str, now: datetime) -> float:
        """Return the chance of remembering at `now`, 0 to 1, from the JSON of a `FoldedCard`."""
        import fsrs

        return float(self._scheduler.get_card_retrievability(fsrs.Card.from_json(state), now.astimezone(UTC)))

    @cached_property
    def _scheduler(self) -> Any:
        import fsrs

        return fsrs.Scheduler(
            desired_retention=self.retention, learning_steps=(), relearning_steps=(), enable_fuzzing=False
        )


RATING_FROM = ((90, Rating.EASY), (65, Rating.GOOD), (40, Rating.HARD), (0, Rating.AGAIN))
"""The one table from score to rating: the first row whose score is reached."""


def propose_rating(grade: Grade, hints: int = 0) -> Rating:
    """Return the rating that a grade suggests; each hint taken lowers it by one, though not a right answer to Again.

    Where viva is unsure the score says nothing: Hard keeps the question near until the user judges it.
    """
    if grade.verdict == "unsure":
        return Rating.HARD
    proposed = next(rating for least, rating in RATING_FROM if grade.score >= least)
    if proposed is Rating.AGAIN or not hints:
        return proposed
    return Rating(max(Rating.HARD, proposed - hints))


@dataclass(frozen=True, slots=True)
class Forecast:
    """Questions to practise, now and on the next days; days are those of the user's own time zone."""

    now: datetime
    """The moment for which it is computed, aware."""
    due: tuple[tuple[Entry, CardState], ...]
    """Questions that were asked before and are due, the longest overdue first."""
    new: int
    """Questions never asked, but for suspended ones."""
    suspended: int
    withheld: int
    """Questions of the mock interview that waits, whose outcome is not shown yet."""
    ahead: tuple[tuple[date, int], ...]
    """How many questions come due on each of the next days, from today on; none of those that are due now."""


def forecast(entries: Sequence[Entry], card_states: Sequence[CardState], now: datetime, days: int) -> Forecast:
    """Return what is due at `now` and on so many days from today on; the card states are in the order of entries."""
    due = [pair for pair in zip(entries, card_states, strict=True) if pair[1].is_due(now)]
    return Forecast(
        now=now,
        due=tuple(sorted(due, key=lambda pair: pair[1].due or now)),
        new=sum(card_state.is_new for card_state in card_states),
        suspended=sum(card_state.suspended for card_state in card_states),
        withheld=sum(card_state.withheld for card_state in card_states),
        ahead=_ahead(card_states, now, days),
    )


def _ahead(card_states: Sequence[CardState], now: datetime, days: int) -> tuple[tuple[date, int], ...]:
    today = local_day(now)
    counts = Counter(local_day(each.due) for each in card_states if each.due is not None and each.due > now)
    return tuple((day, counts[day]) for day in days_between(today, today + timedelta(days=days - 1)))
