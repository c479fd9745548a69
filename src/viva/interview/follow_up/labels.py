"""Labels: the words before the colon of a point, which name what the rest of it is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from viva.text.normal import count_cjk, fits
from viva.text.terms import terms

_LABEL = re.compile(r"(?P<label>[^：:。！？!?；;，,=]{1,60}?)\s*[：:](?!//)(?!(?<=\d.)\d)\s*(?P<rest>\S.*)", re.DOTALL)
_STEP = re.compile(
    r"(?P<label>第\s*[一二三四五六七八九十\d]{1,3}\s*步|(?:first|second|third|fourth|fifth|last) step|step \d{1,2})"
    r"(?:\s*[，,：:、.]\s*|\s*是|\s+is\b|\s+)(?P<rest>\S.*)",
    re.DOTALL | re.IGNORECASE,
)
_CHINESE = 10
_ENGLISH = 5
"""The longest label, in characters or words."""
_NAME_CHINESE = 5
_NAME_ENGLISH = 3
"""The longest that is sure to be a name and no statement."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A point taken apart."""

    label: str
    rest: str
    step: bool = False
    """Whether the label is the number of a step."""


def labelled(point: str) -> Labelled | None:
    """Return a point's label and the rest, or None where it has none: "优点：快", "Cost: memory", "第一步 取样"."""
    text = " ".join(point.split())
    if found := _STEP.match(text):
        return Labelled(found["label"], found["rest"], step=True)
    found = _LABEL.match(text)
    if found is None or not fits(found["label"], _CHINESE, _ENGLISH):
        return None
    return Labelled(found["label"].strip(), found["rest"]) if any(c.isalnum() for c in found["label"]) else None


def is_heading(one: Labelled, labels: Sequence[Labelled]) -> bool:
    """Whether a label divides the notes, and says nothing of what stands under the others.

    It stands over several points, or another is built as it is: "young generation" and "old generation", 优点 and 缺点.
    Any other may be the very thing that the question asks for, or a statement.
    """
    others = [other for other in labels if other != one]
    if not fits(one.label, _NAME_CHINESE, _NAME_ENGLISH) or not any(_alike(one.label, other.label) for other in others):
        return False
    elsewhere = {term for other in others if other.label != one.label for term in terms(other.rest)}
    return elsewhere.isdisjoint(terms(one.label))


def _alike(one: str, other: str) -> bool:
    first, second = _units(one), _units(other)
    return one == other or (len(first) == len(second) > 1 and (first[1:] == second[1:] or first[:-1] == second[:-1]))


def _units(label: str) -> list[str]:
    return list(label) if count_cjk(label) else label.lower().split()
