"""Of what is flagged, no two things are told that are at odds, and none that says less than another."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime
from itertools import combinations

import pytest

from tests.unit.conftest import make_entry
from viva.interview.dialogue.interviewer import Interviewer
from viva.types import Feedback, Grade, Near, PointResult, Question, Rating, Verdict
from viva.wording import sentences
from viva.wording.feedback import flag_lines, shown_flags, shown_nearer, verdict_word

NOW = datetime(2026, 3, 1, tzinfo=UTC)
OTHER = Near("b.md#1", "1", "什么是早停", "b.md", 7)
OWN, NONE, FOUND = (
    ("accepted-before", "judged-before"),
    ("empty", "dont-know", "echo", "gibberish"),
    ("other-entry", "copied", "off-topic", "keywords"),
)
FLAGS = (*OWN, "no-reference", *NONE, *FOUND, "adapted", "brief")
TOLD: dict[tuple[str, str], tuple[str, ...]] = {
    **{pair: pair[:1] for pair in combinations(FLAGS[:-2], 2)},  # the first says more, in the order above
    **{(flag, "adapted"): (flag,) for flag in (*OWN, "no-reference", *NONE)},
    **{(flag, "adapted"): (flag, "adapted") for flag in FOUND},
    **{(flag, "brief"): (flag,) for flag in FLAGS[:-1]},  # the verdict tells that it was brief
}
"""For each pair of flags, in the order of `FLAGS`, what is told."""


def feedback(*flags: str, score: int = 0, verdict: Verdict = "weak", status: str = "missed", **changes) -> Feedback:
    grade = Grade(score, verdict, (PointResult("更快", status, 0.5, ""),), None, flags)
    question = Question(make_entry(1, "为什么要用动量", "更快"), 1, 1, "zh")
    nearer = OTHER if "other-entry" in flags else None
    parts = {"nearer": nearer} | changes
    return Feedback(question, "回答", grade, Rating.AGAIN, Rating.AGAIN, NOW, 1, **parts)


def test_all_flags_of_a_grade_are_here() -> None:
    assert set(FLAGS) - {"other-entry", "brief"} == sentences.FLAG.keys() - {"accepted-in-part"}
    assert len(TOLD) == len(FLAGS) * (len(FLAGS) - 1) // 2


@pytest.mark.parametrize("pair", TOLD, ids=" ".join)
def test_of_two_flags(pair: tuple[str, str]) -> None:
    accepted = "accepted-before" in pair
    told = feedback(*pair, score=87 if accepted else 0, verdict="strong" if accepted else "weak")
    assert shown_flags(told) == TOLD[pair]
    assert shown_flags(replace(told, grade=replace(told.grade, flags=pair[::-1]))) == TOLD[pair]
    shown = [flag for flag in TOLD[pair] if flag != "other-entry"]
    assert flag_lines(told) == [sentences.FLAG[flag]["zh"] for flag in shown]
    assert shown_nearer(told) == (OTHER if "other-entry" in TOLD[pair] else None)


def test_what_was_accepted_counts_or_is_not_said() -> None:
    assert shown_flags(feedback("accepted-before", score=0)) == ()
    assert shown_flags(feedback("accepted-before", "keywords", score=20)) == ("keywords",)
    half = feedback("accepted-before", score=50, verdict="partial")
    assert flag_lines(half) == [sentences.FLAG["accepted-in-part"]["zh"]]
    assert flag_lines(feedback("accepted-before", score=87, verdict="strong")) == [
        sentences.FLAG["accepted-before"]["zh"]
    ]


def test_nothing_is_said_that_the_score_or_the_points_deny() -> None:
    assert shown_flags(feedback("dont-know", score=20)) == ()
    assert shown_flags(feedback("off-topic", status="partial")) == ()
    assert shown_flags(feedback("other-entry", "copied", nearer=None)) == ("copied",), "no other entry is known"


def test_once_the_person_judged_viva_does_not_argue() -> None:
    for flag in (*OWN, *NONE, "copied", "off-topic", "keywords", "adapted"):
        assert shown_flags(feedback(flag, score=87, verdict="strong", overridden=True)) == ()
    assert shown_flags(feedback("other-entry", score=87, verdict="strong", overridden=True)) == ()
    assert shown_flags(feedback("other-entry", score=20, overridden=True)) == ("other-entry",)


def test_a_brief_answer_is_called_so_unless_the_person_judged_it() -> None:
    assert verdict_word("strong", ("brief",), "en") == "right, but brief"
    assert verdict_word("strong", ("brief",), "zh") == "对，但简短"
    assert verdict_word("strong", ("brief",), "en", overridden=True) == "strong"
    assert verdict_word("strong", ("brief", "accepted-before"), "en") == "strong"
    assert [verdict_word(verdict, ("brief",), "en") for verdict in ("partial", "weak", "unsure")] == [
        "partly", "not yet", "unsure",
    ]  # fmt: skip


def test_the_first_sentence_to_i_do_not_know_goes_with_its_flag() -> None:
    speaker = Interviewer("zh", random.Random(1))
    assert speaker.acknowledge(feedback("dont-know")) in sentences.UNKNOWN["zh"]
    accepted = feedback("dont-know", "accepted-before", score=87, verdict="strong")
    assert speaker.acknowledge(accepted) == "这个回答算对。"
