"""How well a question is known, in one word."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.unit.conftest import make_entry
from viva.scheduling.mastery import mastery
from viva.types import CardState

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=3)
ENTRY = make_entry(1, "What is recall?", "The share of the positives found")


def card_state(reviews=0, last_score=None, due=None):
    return CardState(ENTRY.id, due, reviews, last_score, 0.9 if due else None)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (None, "new"),
        (card_state(), "new"),
        (card_state(1, 100, LATER), "learning"),
        (card_state(2, 74, LATER), "learning"),
        (card_state(2, 75, LATER), "mastered"),
        (card_state(9, 100, LATER), "mastered"),
        (card_state(9, 100, NOW), "due"),
        (card_state(1, 10, NOW - timedelta(days=1)), "due"),
        (card_state(3, None, LATER), "learning"),
    ],
)
def test_one_word(given, expected):
    assert mastery(ENTRY, given, NOW) == expected


@pytest.mark.parametrize("given", [None, card_state(3, 100, NOW), card_state(3, 100, LATER)])
def test_what_the_notes_do_not_answer_has_a_word_of_its_own(given):
    assert mastery(make_entry(2, "What is bias?"), given, NOW) == "unanswered"
