"""What may be said first of an answer: each sentence with what must be true of the grade for it.

A sentence of a verdict says nothing that the points below it deny; `remarks` chooses those that are true.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from viva.text.english import number
from viva.types import Grade, Language, Status, Verdict


@dataclass(frozen=True, slots=True)
class Heard:
    """What the points of a grade say together. An extra point, which is welcome and never missed, is no main one."""

    known: bool
    """There are points."""
    whole: bool
    """Every main point is covered."""
    met: bool
    """Every main point is covered or partly covered."""
    some: bool
    """Any point is covered or partly covered."""
    mostly: bool
    """More than half of the main points are covered or partly covered."""
    missing: bool
    """Any main point is missed."""
    little: bool
    """More main points are missed than are covered or partly covered."""
    silent: bool
    """Every main point is missed, and no other point is covered or partly covered."""
    more: bool
    """Any point is not wholly covered."""
    contradicted: int
    differing: int

    @property
    def clean(self) -> bool:
        """Whether nothing contradicts the notes, or seems to differ from them."""
        return not self.contradicted and not self.differing


_MET: tuple[Status, ...] = ("covered", "partial")
Condition = Callable[[Heard], bool]


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence in both languages, and when it is true."""

    zh: str
    en: str
    holds: Condition = lambda _: True  # it says no more than the verdict does


REMARKS: dict[Verdict, tuple[Remark, ...]] = {
    "strong": (
        Remark("答得很全。", "That covers it well.", lambda heard: heard.met),
        Remark("不错，说得很完整。", "Yes, a full answer.", lambda heard: heard.whole and heard.clean),
        Remark("这题掌握得很好。", "You know this one.", lambda heard: heard.met and heard.clean),
        Remark("要点基本都说到了。", "Good, that is nearly all of it.", lambda heard: heard.met and not heard.whole),
        Remark("总体上答得不错。", "A good answer on the whole.", lambda heard: heard.mostly and not heard.met),
        Remark("这个回答算对。", "This counts as right.", lambda heard: not heard.mostly),
    ),
    "partial": (
        Remark("说对了一部分。", "You have part of it.", lambda heard: heard.some and not heard.whole),
        Remark(
            "方向对，还不完整。",
            "The right direction, but not all of it.",
            lambda heard: heard.some and not heard.whole and heard.clean,
        ),
        Remark(
            "有些要点说到了，有些还没有。",
            "Some of it is there, some is missing.",
            lambda heard: heard.some and heard.missing,
        ),
        Remark("还可以再补充一些。", "There is more to say here.", lambda heard: heard.more),
        Remark("这个回答算对了一部分。", "This counts as partly right.", lambda heard: heard.whole or not heard.some),
    ),
    "weak": (
        Remark("这题还需要再看看。", "This one needs another look."),
        Remark("这题先记下来，之后再来一次。", "Let's come back to this one later."),
        Remark(
            "和笔记里的答案差得比较多。",
            "That is some way from your notes.",
            lambda heard: heard.known and not heard.some,
        ),
        Remark("主要的要点还没说到。", "The main points are still missing.", lambda heard: heard.silent),
        Remark(
            "说到了一些，缺的还比较多。",
            "You have a little of it; much is still missing.",
            lambda heard: heard.some and heard.little,
        ),
    ),
    "unsure": (
        Remark("这个我拿不准。", "I am not sure about this one."),
        Remark("我没法可靠地评判，交给你来定。", "I cannot judge this reliably. You decide."),
    ),
}
BRIEF = (
    Remark("对，但简短：还可以补充一些。", "Right, and brief: you could add a little."),
    Remark("答对了，就是短了些。", "That is right, if on the short side."),
)
"""Of a right answer that leaves points out: some are met, others are not, and nothing is against the notes."""
_CONTRADICTED: dict[Language, str] = {
    "zh": "有 {number} 处和笔记相反。",
    "en": "{Number} things contradict your notes.",
}
_ONE_CONTRADICTED: dict[Language, str] = {"zh": "有一处和笔记相反。", "en": "One thing contradicts your notes."}
_DIFFERING: dict[Language, str] = {
    "zh": "有 {number} 处好像和笔记不同。",
    "en": "{Number} things seem to differ from your notes.",
}
_ONE_DIFFERING: dict[Language, str] = {
    "zh": "有一处好像和笔记不同。",
    "en": "One thing seems to differ from your notes.",
}


def remarks(grade: Grade, language: Language) -> tuple[str, ...]:
    """Return all that may be said first of an answer, at least one; what is against the notes is owned up to."""
    heard = heard_of(grade)
    brief = "brief" in grade.flags and grade.verdict == "strong" and heard.some and heard.more and heard.clean
    fitting = BRIEF if brief else [each for each in REMARKS[grade.verdict] if each.holds(heard)]
    end = _against(heard, language)
    return tuple((each.zh if language == "zh" else each.en) + end for each in fitting)


def heard_of(grade: Grade) -> Heard:
    """Return what the points of a grade say together."""
    statuses = [point.status for point in grade.points]
    main = [point.status for point in grade.points if point.importance != "extra"] or statuses
    some = any(status in _MET for status in statuses)
    met, missed = sum(status in _MET for status in main), main.count("missed")
    return Heard(
        known=bool(statuses),
        whole=bool(main) and all(status == "covered" for status in main),
        met=bool(main) and met == len(main),
        some=some,
        mostly=2 * met > len(main),
        missing=missed > 0,
        little=missed > met,
        silent=bool(main) and not some and missed == len(main),
        more=any(status != "covered" for status in statuses),
        contradicted=statuses.count("contradicted"),
        differing=statuses.count("differs"),
    )


def _against(heard: Heard, language: Language) -> str:
    """Return the sentence on what is against the notes, with what goes before it; nothing where nothing is."""
    count = heard.contradicted or heard.differing
    if not count:
        return ""
    one, several = (_ONE_CONTRADICTED, _CONTRADICTED) if heard.contradicted else (_ONE_DIFFERING, _DIFFERING)
    if language == "zh":
        return (one if count == 1 else several)["zh"].format(number=count)
    return " " + (one if count == 1 else several)["en"].format(Number=number(count).capitalize())
