"""Enumerations: a point that only lists things is met item by item, and by what sets an item apart from the others.

"Shelves are open, half open or closed" is three things to know; who names one of them has said a third of it, however
close the two sentences are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from viva.semantics.terms import terms
from viva.text.normal import count_cjk, fits

_LISTING = r"(?:包括|包含|分为|(?<!切)分成|有(?=[:：])|\b(?:includes?|included|consists? of|are(?=:)|namely)\b)[:：]?"
"""Examples ("such as") are no list: nobody need name them all."""
_LEAD = re.compile(rf"^[^。；;]*(?:{_LISTING}|[:：]|——)")
_ANNOUNCED = re.compile(rf"{_LISTING}$")
_INSIDE = re.compile(r"[()（）[\]{}=<>,，;；。:：]")
_AND = re.compile(r"以及|[和及与]|\b(?:and|or)\b")
_TAIL = re.compile(r"(?:(?<=..)等.{0,4}|(?:[一二两三四五六七八九十几]|(?<!\d)\d)[种类]|[,，、]?\s*\betc)?[\s。.;；]*$")
_LABEL_CHINESE = 6
_LABEL_ENGLISH = 3
"""The longest lead that is a label: "几何变换：". A longer one makes a statement of its own."""
_CHINESE = 10
_ENGLISH = 4
"""The longest item, in characters or words."""
_LOOSE_CHINESE = 6
_LOOSE_ENGLISH = 3
"""The longest item where only commas part them and no verb announces a list: commas part clauses as well."""
_BARE_CHINESE = 4
"""The longest where nothing leads in at all."""
_FEWEST = 3
"""Items that make a list where only commas part them; "、" and a verb such as "include" mean a list of two too."""


def items_of(point: str) -> tuple[str, ...]:
    """Return what a point lists, two things or more, as written; nothing where it says more than a list does.

    A lead that makes a statement ("RCNN is trained in several stages, which include ...") is the first of them.
    """
    body = _TAIL.sub("", point.strip())
    found = _LEAD.match(body)
    lead = found.group() if found else ""
    items = _listed(body[len(lead) :], lead)
    if not items or fits(lead, _LABEL_CHINESE, _LABEL_ENGLISH):
        return items
    return (lead.rstrip(":：—"), *items)


def _listed(body: str, lead: str) -> tuple[str, ...]:
    listed, announced = "、" in body, bool(_ANNOUNCED.search(lead))
    pieces = [piece.strip() for piece in re.split("、" if listed else r"[,，]", body) if piece.strip()]
    if pieces and (listed or announced or not count_cjk(body)):
        pieces = [*pieces[:-1], *_parted(pieces[-1])]
    loose = (_LOOSE_CHINESE if lead else _BARE_CHINESE, _LOOSE_ENGLISH)
    longest = (_CHINESE, _ENGLISH) if listed or announced else loose
    sound = all(fits(piece, *longest) and not _INSIDE.search(piece) for piece in pieces)
    fewest = 2 if listed or (announced and not re.search("[,，]", body)) else _FEWEST
    return tuple(pieces) if sound and len(pieces) >= fewest else ()


def is_item(text: str) -> bool:
    """Whether a text is as short as a thing of a list."""
    return fits(text, _CHINESE, _ENGLISH)


def shared_terms(items: Sequence[str]) -> frozenset[str]:
    """Return the terms of more than half of the items: they tell that it is a thing of the kind, not which."""
    counts = Counter(term for item in items for term in set(terms(item)))
    return frozenset(term for term, count in counts.items() if 2 * count > len(items))


def shared_letters(items: Sequence[str]) -> str:
    """Return the longest beginning and the longest end that more than half of the items have, as one text."""
    return f"{_beginning(items)} {_beginning([item[::-1] for item in items])[::-1]}"


def _beginning(items: Sequence[str]) -> str:
    found = Counter(item[:size] for item in items for size in range(1, len(item)))
    common = [start for start, count in found.items() if 2 * count > len(items)]
    return max(common, key=len, default="")


def _parted(last: str) -> list[str]:
    """Split the last item at its "and"; a conjunction within a word leaves a side too short to be an item."""
    parts = [part.strip() for part in _AND.split(last, maxsplit=1)]
    if len(parts) == 2 and not parts[0]:
        return [parts[1]]
    return parts if all(len(part) > 1 for part in parts) else [last]
