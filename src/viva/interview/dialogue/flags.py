"""Which flags of a grade are told: of those that are true, the one that says most, so that no two are at odds."""

from __future__ import annotations

from collections.abc import Callable

from viva.types import Feedback

ORDER = (
    "accepted-before", "judged-before", "no-reference", "empty", "dont-know", "echo", "gibberish", "other-entry",
    "copied", "off-topic", "keywords",
)  # fmt: skip
"""The user's word before viva's, what is no answer before what is wrong with one; only the first is told.

`brief` is told by the verdict, and `adapted`, which is about the verdict alone, beside what is wrong with an answer.
"""
_BESIDE_ADAPTED = frozenset(("other-entry", "copied", "off-topic", "keywords"))
_OF_JUDGED = frozenset(("no-reference", "other-entry"))
"""What is still told of an answer once the user gave a verdict on it."""
_HOLDS: dict[str, Callable[[Feedback], bool]] = {
    "accepted-before": lambda told: told.grade.score > 0 and told.grade.verdict in ("strong", "partial"),
    "dont-know": lambda told: told.grade.score == 0,
    "off-topic": lambda told: all(point.status not in ("covered", "partial") for point in told.grade.points),
    "other-entry": lambda told: told.nearer is not None and not (told.overridden and told.grade.verdict == "strong"),
}
"""When the sentence of a flag is true; the others always are."""


def told_flags(feedback: Feedback) -> tuple[str, ...]:
    """Return the flags of a grade that are told; `other-entry` stands for the line that names the other entry."""
    flags = [flag for flag in feedback.grade.flags if flag not in _HOLDS or _HOLDS[flag](feedback)]
    if feedback.overridden:
        flags = [flag for flag in flags if flag in _OF_JUDGED]
    first = tuple(flag for flag in ORDER if flag in flags)[:1]
    return (*first, "adapted") if "adapted" in flags and _BESIDE_ADAPTED.issuperset(first) else first
