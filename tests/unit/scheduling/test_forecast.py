"""What is due now, and what comes up in the next days."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.unit.conftest import make_entry
from viva.scheduling.schedule import forecast
from viva.types import CardState

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
ENTRIES = [make_entry(at, f"What is {at}?", "A number") for at in range(1, 6)]


def card_state(at, due, **more):
    return CardState(ENTRIES[at].id, due, 0 if due is None else 1, None, None, **more)


def test_the_longest_overdue_leads_and_what_is_due_now_comes_on_no_later_day():
    card_states = [
        card_state(0, NOW),
        card_state(1, NOW + timedelta(days=1)),
        card_state(2, NOW - timedelta(days=4)),
        card_state(3, None),
        card_state(4, None, suspended=True),
    ]
    found = forecast(ENTRIES, card_states, NOW, 3)
    assert [entry.number for entry, _ in found.due] == [ENTRIES[2].number, ENTRIES[0].number]
    assert (found.new, found.suspended, found.withheld) == (1, 1, 0)
    assert [count for _, count in found.ahead] == [0, 1, 0]
    today = NOW.astimezone().date()
    assert [day for day, _ in found.ahead] == [today + timedelta(days=ahead) for ahead in range(3)]
