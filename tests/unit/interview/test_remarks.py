"""What is said first of an answer is true of its points, whatever was found in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from typing import get_args

import pytest

from viva.interview.dialogue.remarks import BRIEF, REMARKS, remarks
from viva.types import Grade, Importance, Language, PointResult, Status, Verdict

MET = {"covered", "partial"}
STATUSES: tuple[Status, ...] = get_args(Status)
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
ANYTHING = [said for count in range(5) for said in product(STATUSES, repeat=count)]

Said = list[Status]
Claim = Callable[[Said, Said], bool]
CLAIMS: dict[str, Claim] = {
    "That covers it well.": lambda main, _: MET.issuperset(main),
    "Yes, a full answer.": lambda main, said: set(main) == {"covered"} and not {"differs", "contradicted"} & set(said),
    "You know this one.": lambda main, said: MET.issuperset(main) and not {"differs", "contradicted"} & set(said),
    "Good, that is nearly all of it.": lambda main, _: MET.issuperset(main) and "partial" in main,
    "A good answer on the whole.": lambda main, _: 2 * sum(status in MET for status in main) > len(main),
    "Right, and brief: you could add a little.": lambda _, said: {"missed", "partial"} & set(said) != set(),
    "That is right, if on the short side.": lambda _, said: {"missed", "partial"} & set(said) != set(),
    "You have part of it.": lambda main, said: bool(MET & set(said)) and set(main) != {"covered"},
    "The right direction, but not all of it.": lambda main, said: (
        bool(MET & set(said)) and set(main) != {"covered"} and not {"differs", "contradicted"} & set(said)
    ),
    "Some of it is there, some is missing.": lambda main, said: bool(MET & set(said)) and "missed" in main,
    "There is more to say here.": lambda _, said: set(said) != {"covered"},
    "That is some way from your notes.": lambda _, said: not MET & set(said),
    "The main points are still missing.": lambda main, said: set(main) == {"missed"} and not MET & set(said),
    "You have a little of it; much is still missing.": lambda main, said: (
        bool(MET & set(said)) and main.count("missed") > sum(status in MET for status in main)
    ),
}
"""What each sentence claims of the main points and of all, in other words than the code's."""
CLAIMS_NOTHING = {
    "This counts as right.", "This counts as partly right.", "This one needs another look.",
    "Let's come back to this one later.", "I am not sure about this one.", "I cannot judge this reliably. You decide.",
}  # fmt: skip


def graded(verdict: Verdict, said: tuple[Status, ...], *flags: str, importance: Importance = "normal") -> Grade:
    points = (PointResult(f"point {at}", status, 0.5, "") for at, status in enumerate(said))
    first = [PointResult("the first", said[0], 0.5, "", importance=importance)] if said else []
    return Grade(50, verdict, (*first, *list(points)[1:]), None, flags)


def sentences(grade: Grade, language: Language = "en") -> Iterator[str]:
    """Yield what may be said, without the sentence on what is against the notes."""
    for told in remarks(grade, language):
        yield next(
            text
            for each in (*BRIEF, *(one for pool in REMARKS.values() for one in pool))
            if told.startswith(text := each.zh if language == "zh" else each.en)
        )


def test_every_sentence_is_known_here() -> None:
    known = {each.en for each in (*BRIEF, *(one for pool in REMARKS.values() for one in pool))}
    assert known == CLAIMS.keys() | CLAIMS_NOTHING


@pytest.mark.parametrize("importance", ["normal", "extra"])
@pytest.mark.parametrize("flags", [(), ("brief",)])
@pytest.mark.parametrize("verdict", VERDICTS)
def test_whatever_was_found_something_true_is_said(
    verdict: Verdict, flags: tuple[str, ...], importance: Importance
) -> None:
    for statuses in ANYTHING:
        grade = graded(verdict, statuses, *flags, importance=importance)
        said: Said = [point.status for point in grade.points]
        main = [point.status for point in grade.points if point.importance != "extra"] or said
        told = list(sentences(grade))
        assert told, statuses
        assert len(list(sentences(grade, "zh"))) == len(told), statuses
        for sentence in told:
            if sentence not in CLAIMS_NOTHING:
                assert said, "nothing is known of the points"
                assert CLAIMS[sentence](main, said), (sentence, statuses)


@pytest.mark.parametrize("verdict", VERDICTS)
def test_what_is_against_the_notes_is_owned_up_to(verdict: Verdict) -> None:
    for statuses in ANYTHING:
        said = list(statuses)
        for told in remarks(graded(verdict, statuses), "en"):
            assert ("your notes." in told.replace("some way from your notes.", "")) == bool(
                {"differs", "contradicted"} & set(said)
            )
            assert ("contradict" in told) == ("contradicted" in said)
            assert ("differ" in told) == ("differs" in said and "contradicted" not in said)


def test_how_much_is_against_the_notes() -> None:
    one, two = graded("unsure", ("contradicted", "differs")), graded("unsure", ("contradicted", "contradicted"))
    assert remarks(one, "en")[0] == "I am not sure about this one. One thing contradicts your notes."
    assert remarks(one, "zh")[0] == "这个我拿不准。有一处和笔记相反。"
    assert remarks(two, "en")[0].endswith(" Two things contradict your notes.")
    assert remarks(graded("unsure", ("differs", "differs")), "zh")[0].endswith("有 2 处好像和笔记不同。")
    assert remarks(graded("unsure", ("differs",)), "en")[0].endswith(" One thing seems to differ from your notes.")


def test_a_brief_answer_is_right_and_names_no_point() -> None:
    assert list(sentences(graded("strong", ("covered", "missed"), "brief"))) == [each.en for each in BRIEF]
    whole = list(sentences(graded("strong", ("covered", "covered"), "brief")))
    assert not set(whole) & {each.en for each in BRIEF}, "nothing could be added"
    against = list(sentences(graded("strong", ("covered", "covered", "contradicted"), "brief")))
    assert against == ["A good answer on the whole."]


def test_only_what_is_missing_is_called_missing() -> None:
    assert "The main points are still missing." in sentences(graded("weak", ("missed", "missed")))
    for said in [("missed", "partial"), ("contradicted", "missed"), ("differs", "missed")]:
        assert "The main points are still missing." not in sentences(graded("weak", said))
    extra = graded("partial", ("missed", "covered"), importance="extra")
    assert "Some of it is there, some is missing." not in sentences(extra), "an extra is never missed"
