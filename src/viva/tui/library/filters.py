"""The filter line of the notes: words, states and tags that a question must all have, and how they are completed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from textual.suggester import Suggester

from viva.i18n import tr
from viva.text.normal import normalise
from viva.tui.library.question_rows import MASTERY, Heading, ListedQuestion, Row
from viva.types import Mastery

_STATE = ("state:", "状态:")
_TAG = ("tag:", "标签:")
"""What stands before a state or a tag; a full-width colon will do."""

Condition = Callable[[ListedQuestion], bool]


def filtered(rows: Iterable[Row], query: str) -> tuple[Row, ...]:
    """Return the questions that have all that `query` asks for, under their headings.

    A word is looked for in question, heading and tag. `state:` and `tag:` are followed by a state or a tag, or by how
    it begins.
    """
    conditions = [_condition(word) for word in normalise(query).split()]
    return tuple(_filter_rows(rows, conditions)) if conditions else tuple(rows)


def _condition(word: str) -> Condition:
    states = frozenset(states_beginning(word.partition(":")[2]) if word.startswith(_STATE) else ())
    if states:
        return lambda listed: not states.isdisjoint(listed.states)
    if word.startswith(_TAG):
        prefix = word.partition(":")[2].lstrip("#")
        return lambda listed: any(_tag_begins(tag, prefix) for tag in listed.entry.tags) if prefix else True
    return lambda listed: word in listed.haystack


def states_beginning(prefix: str) -> list[Mastery]:
    """Return the states whose name, or word in the language in force, begins so; all for nothing."""
    return [
        state
        for state, (_, word, _) in MASTERY.items()
        if state.startswith(prefix) or normalise(tr(word)).replace(" ", "").startswith(prefix)
    ]


def _tag_begins(tag: str, prefix: str) -> bool:
    """A tag of several parts, such as `nets/cnn`, is found by each of them."""
    whole = normalise(tag).replace(" ", "")
    return whole.startswith(prefix) or any(part.startswith(prefix) for part in whole.split("/"))


def _filter_rows(rows: Iterable[Row], conditions: Sequence[Condition]) -> Iterator[Row]:
    heading: Heading | None = None
    for row in rows:
        if isinstance(row, Heading):
            heading = row
        elif all(fits(row) for fits in conditions):
            if heading is not None:
                yield heading
                heading = None
            yield row


def with_state(query: str, state: Mastery | None) -> str:
    """Return the filter line with this state instead of the one it names; None for no state."""
    words = [word for word in query.split() if not normalise(word).startswith(_STATE)]
    return " ".join([*words, f"state:{state}"] if state else words)


def state_in(query: str) -> Mastery | None:
    """Return the state that the filter line names, if it is one."""
    named = [word.partition(":")[2] for word in normalise(query).split() if word.startswith(_STATE)]
    return next((state for state in MASTERY if named and state == named[-1]), None)


class Completion(Suggester):
    """Completes the last word of the filter line: `st` to `state:`, `state:d` to `state:due`, `tag:` by tags."""

    def __init__(self, tags: Callable[[], Sequence[str]]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._tags = tags

    async def get_suggestion(self, value: str) -> str | None:
        """Return the whole line with its last word completed, or None."""
        last = value.rsplit(" ", maxsplit=1)[-1]
        choices = [*_STATE, *_TAG, *(f"state:{state}" for state in MASTERY)]
        choices += [f"{name}{tag}" for name in _TAG for tag in self._tags()] if last.startswith(_TAG) else []
        found = next((each for each in choices if len(last) > 1 and each.startswith(last) and each != last), None)
        return None if found is None else value + found[len(last) :]
