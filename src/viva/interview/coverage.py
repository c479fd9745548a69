"""A selection that spreads over the topics of the notes, as an interviewer would, and looks at no schedule."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from viva.errors import InterviewError
from viva.i18n import tr
from viva.interview.selection import candidates, check_count
from viva.text.moments import checked
from viva.text.normal import bare
from viva.types import Entry, Order


def check_mock(limit: int, order: Order) -> None:
    """Raise InterviewError when no mock interview can be held with this limit and order."""
    try:
        checked(limit)
    except ValueError as error:
        raise InterviewError(str(error)) from error
    if order != "random":
        raise InterviewError(tr("a mock interview spreads over the topics by itself: leave the order out"))


def spread(
    entries: Sequence[Entry],
    *,
    seed: int,
    count: int | None,
    topic: str | None = None,
    only: Collection[str] | None = None,
    suspended: Collection[str] = (),
) -> list[Entry]:
    """Return the questions of a mock interview, in order.

    With fewer questions than topics, each is of another topic, and larger topics are likelier. Otherwise each topic has
    one, and the rest goes by size. Topics take turns in random order; two questions in a row are of one topic only
    where that topic is more than half of what is left.

    Args:
        entries: All questions.
        seed: The same seed gives the same questions in the same order.
        count: At most so many; None for all.
        topic: Keep to questions on it; they are spread over the headings below it.
        only: Ids of entries to keep to; None for all.
        suspended: Ids of entries that are never asked.

    Raises:
        InterviewError: No question fits, or `count` is less than 1.
    """
    check_count(count)
    chosen = candidates(entries, topic, only, suspended)
    rng = random.Random(seed)  # noqa: S311 - repeatable, not secret
    members: dict[str, list[Entry]] = {}
    for entry, name in zip(chosen, topics_apart(chosen), strict=True):
        members.setdefault(name, []).append(entry)
    for each in members.values():
        rng.shuffle(each)
    wanted = len(chosen) if count is None else min(count, len(chosen))
    sizes = {name: len(each) for name, each in members.items()}
    return [members[name].pop() for name in _in_turns(_shares(sizes, wanted, rng), rng)]


def topics_apart(entries: Sequence[Entry]) -> list[str]:
    """Return for each question the one topic it counts for: its first heading that is not above all of its file.

    Where there is none, its first tag, else its file.
    """
    shared = _shared_headings(entries)
    found = []
    for entry in entries:
        own = entry.place.headings[shared[entry.place.root, entry.place.file] :]
        names = [bare(name) for name in (*own[:1], *entry.tags) if bare(name)]
        found.append(names[0] if names else f"{entry.place.root}/{entry.place.file}")
    return found


def _shared_headings(entries: Iterable[Entry]) -> dict[tuple[str, str], int]:
    """Return how many headings, outermost first, all questions of a file have in common."""
    common: dict[tuple[str, str], tuple[str, ...]] = {}
    for entry in entries:
        file, headings = (entry.place.root, entry.place.file), entry.place.headings
        before = common.get(file, headings)
        same = next((i for i, (one, two) in enumerate(zip(before, headings, strict=False)) if one != two), None)
        common[file] = headings[: min(len(before), len(headings)) if same is None else same]
    return {file: len(headings) for file, headings in common.items()}


def _shares(sizes: Mapping[str, int], wanted: int, rng: random.Random) -> Counter[str]:
    """Return how many questions each topic has, `wanted` in all and never more than there are."""
    names = list(sizes)
    if wanted < len(names):
        # Without replacement, larger ones likelier: the smallest of size-scaled exponential times come first.
        drawn = sorted((rng.expovariate(sizes[name]), name) for name in names)
        return Counter(name for _, name in drawn[:wanted])
    left, spare = {name: sizes[name] - 1 for name in names}, wanted - len(names)
    total = sum(left.values())
    exact = {name: left[name] * spare / total if total else 0.0 for name in names}
    shares = Counter({name: 1 + int(exact[name]) for name in names})
    rng.shuffle(names)
    names.sort(key=lambda name: int(exact[name]) - exact[name])  # the largest remainder first
    for name in names[: wanted - shares.total()]:
        shares[name] += 1
    return shares


def _in_turns(shares: Counter[str], rng: random.Random) -> list[str]:
    """Return the topics in the order of asking: those asked least take turns, unless one would follow itself later."""
    left, asked = Counter(shares), Counter[str]()
    order: list[str] = []
    while total := left.total():
        free = [name for name in left if left[name] and name != (order[-1] if order else None)]
        crowded = [name for name in free if 2 * left[name] > total]
        fewest = min((asked[name] for name in free), default=0)
        choices = crowded or [name for name in free if asked[name] == fewest] or [name for name in left if left[name]]
        order.append(rng.choice(choices))
        left[order[-1]] -= 1
        asked[order[-1]] += 1
    return order
