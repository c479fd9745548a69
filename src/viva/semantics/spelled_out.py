"""What is said in a short or roundabout way, spelled out: "can't" as "cannot", "no unit can" as "units cannot".

People deny the same thing in several ways, and put another name in brackets behind a word. Two texts are compared for
contradiction in one way of putting it, so that only what they say can differ.
"""

from __future__ import annotations

import re
from functools import lru_cache

_DENIALS = (
    (re.compile(r"\b(ca)n['’]t\b|\bcan not\b", re.IGNORECASE), "cannot"),
    (re.compile(r"\bwon['’]t\b", re.IGNORECASE), "will not"),
    (re.compile(r"\bshan['’]t\b", re.IGNORECASE), "shall not"),
    (re.compile(r"\b([A-Za-z]+)n['’]t\b"), r"\1 not"),
    (
        re.compile(
            r"(?P<before>^\W*|[,;:.，；。]\s*|\b(?:so|that|because|and|since|then|thus|hence)\s+)"
            r"(?:no|none of the|neither of the)\s(?P<noun>[a-z]+(?:[ -][a-z]+)?)\s"
            r"(?P<verb>can|could|will|would|does|do|did|is|are|was|were|has|have|may|must|should|needs?)\b(?! not)",
            re.IGNORECASE,
        ),
        r"\g<before>\g<noun> \g<verb> not",
    ),
    (re.compile(r"\bcan not\b"), "cannot"),
    (
        re.compile(r"没有?(?:任何|哪)?(?:一个|任何|哪个)(?P<noun>[\u4e00-\u9fff]{1,6}?)(?P<verb>能够?|会|可以|需要)"),
        r"\g<noun>不\g<verb>",
    ),
)
_NARROW = {code + 0xFEE0: code for code in (*range(0x30, 0x3A), *range(0x41, 0x5B), *range(0x61, 0x7B))}
_GLOSS = re.compile(
    r"(?<=[\u4e00-\u9fff])\s?[（(](?!(?:no|not|non|without|un\w+|in\w+)\b)[A-Za-z][A-Za-z -]{0,40}[)）]"
    r"|(?<=[A-Za-z])\s?[（(][\u4e00-\u9fff]{2,8}[)）]",
    re.IGNORECASE,
)
_DENYING = re.compile(r"[不没无未非]")


@lru_cache(maxsize=4096)
def spelled_out(text: str) -> str:
    """Return the text with each denial in one way of putting it, in letters of one width."""
    text = text.translate(_NARROW)
    for pattern, plain in _DENIALS:
        text = pattern.sub(plain, text)
    return text


def unglossed(text: str) -> str:
    """Return the text without the names that stand in brackets behind a word of the other language."""
    return _GLOSS.sub(lambda found: found[0] if _DENYING.search(found[0]) else "", text)
