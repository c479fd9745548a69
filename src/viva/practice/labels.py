"""Labels: the words before the colon of a point, which name what the rest of it is about."""

from __future__ import annotations

import re
from dataclasses import dataclass

from viva.text.normal import fits

_LABEL = re.compile(r"(?P<label>[^：:。！？!?；;，,=]{1,60}?)\s*[：:](?!//)(?!(?<=\d.)\d)\s*(?P<rest>\S.*)", re.DOTALL)
_STEP = re.compile(
    r"(?P<label>第\s*[一二三四五六七八九十\d]{1,3}\s*步|(?:first|second|third|fourth|fifth|last) step|step \d{1,2})"
    r"(?:\s*[，,：:、.]\s*|\s*是|\s+is\b|\s+)(?P<rest>\S.*)",
    re.DOTALL | re.IGNORECASE,
)
_CHINESE = 10
_ENGLISH = 5
"""The longest label, in characters or words."""


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
