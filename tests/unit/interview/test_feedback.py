"""What follows from a grade: the reference that is shown, and the entries that are named."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.unit.conftest import make_entry
from viva.scheduling.schedule import propose_rating
from viva.types import Grade, Hit, Near, Rating
from viva.wording.passages import also_near, nearer_entry, own_passage, reference

ASKED = make_entry(1, "为什么要用动量", "更平稳；更快")
OWN = Hit(1, 0.9, ASKED.id, "1", ASKED.question, "更平稳", "a.md", 4, 4)
OTHER = Hit(1, 0.9, "b.md#2", "2", "What is momentum", "a secret answer", "b.md", 7, 9)
ENGLISH, CHINESE = Near("b.md#3", "3", "What is a step", "b.md", 9), Near("c.md#4", "4", "什么是步长", "c.md", 2)


def graded(passage=None, *near, flags=()):
    return Grade(50, "partial", (), passage, flags, near)


def test_the_other_entry_is_the_first_one_that_is_near():
    grade = graded(OWN, ENGLISH, CHINESE, flags=("other-entry",))
    assert nearer_entry(ASKED, grade) == ENGLISH
    assert also_near(ASKED, grade) == (CHINESE,)
    assert nearer_entry(ASKED, graded(OWN, ENGLISH)) is None
    assert nearer_entry(ASKED, graded(OWN, flags=("other-entry",))) is None


def test_entries_in_the_language_of_the_question_go_first():
    assert also_near(ASKED, graded(OWN, ENGLISH, CHINESE)) == (CHINESE, ENGLISH)
    assert also_near(make_entry(1, "Why momentum"), graded(None, CHINESE, ENGLISH)) == (ENGLISH, CHINESE)


def test_an_older_grade_that_kept_another_entry_names_it_only():
    named = Near(OTHER.question_id, OTHER.number, OTHER.question, OTHER.file, OTHER.line)
    assert nearer_entry(ASKED, graded(OTHER, flags=("other-entry",))) == named
    assert also_near(ASKED, graded(OTHER, CHINESE)) == (CHINESE, named)
    assert len(also_near(ASKED, graded(OTHER, CHINESE, ENGLISH))) == 2
    assert own_passage(ASKED, graded(OTHER)) is None
    assert reference(replace(ASKED, answer=""), graded(OTHER)) is None


def test_the_reference_is_the_whole_answer_of_the_notes_now():
    assert reference(ASKED, graded(OWN)) == ASKED
    assert reference(ASKED, graded(OTHER)) == ASKED


def test_of_a_question_that_is_gone_the_grade_kept_the_passage():
    gone = replace(ASKED, answer="", points=(), id="moved.md#1")
    kept = reference(gone, graded(OWN))
    assert kept is not None
    assert (kept.answer, kept.file, kept.line) == ("更平稳", "a.md", 4)


@pytest.mark.parametrize("score", [0, 45, 100])
def test_what_viva_is_unsure_of_stays_near(score):
    assert propose_rating(Grade(score, "unsure", (), None), 2) is Rating.HARD
