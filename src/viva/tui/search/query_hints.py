"""What the search line takes besides words: told while it is empty, and completed while one types."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from textual.suggester import Suggester

from viva.i18n import N_, tr
from viva.tui.common.interface import padded, widest
from viva.tui.common.literal import one_line
from viva.tui.common.paragraphs import MUTED, Paragraph, spans
from viva.types import Entry

SYNTAX = (
    (N_('"exact words"'), N_("as written")),
    (N_("-word"), N_("without it")),
    (N_("tag:name"), N_("tag or heading")),
    (N_("file:part"), N_("in the file name")),
)
_LAST = re.compile(r"""(?:^|(?<=\s))-?(?P<word>(?:tag|file)[:：]"[^"]*|\S*)$""", re.IGNORECASE)
"""The last word, which holds blanks while the quotes after a prefix are open."""


def syntax_lines() -> list[Paragraph]:
    """Return what may stand in a query, a line each, and that the rest of a name need not be typed."""
    shown = [(tr(form), tr(meaning)) for form, meaning in SYNTAX]
    room = widest(form for form, _ in shown) + 2
    lines = [spans((padded(form, room), "bold"), (meaning, MUTED), rest=room) for form, meaning in shown]
    return [*lines, spans((padded("→", room), "bold"), (tr("completes them"), MUTED), rest=room)]


@dataclass(frozen=True, slots=True)
class KnownNames:
    """What the notes have to narrow a search down to, sorted."""

    tags: tuple[str, ...] = ()
    """Tags, and headings."""
    files: tuple[str, ...] = ()
    """Files, without their folders."""

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> KnownNames:
        """Gather the names; those that cannot be typed as they are shown are left out."""
        tags, files = set[str](), set[str]()
        for entry in entries:
            tags.update(entry.tags, entry.place.headings)
            files.add(re.split(r"[/\\]", entry.file)[-1])
        return cls(_typable(tags), _typable(files))


def _typable(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(name for name in names if name and name == one_line(name) and '"' not in name))


class QueryCompletion(Suggester):
    """Completes the last word of a query: `ta` to `tag:`, `tag:` by tags and headings, `file:` by files."""

    def __init__(self, names: Callable[[], KnownNames]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._names = names

    async def get_suggestion(self, value: str) -> str | None:
        """Return the whole query with its last word completed, or None."""
        found = _LAST.search(value)
        last = found["word"].replace("：", ":") if found else ""
        if len(last) < 2:
            return None
        fitting = (each for each in self._choices() if each[: len(last)].casefold() == last.casefold())
        chosen = next((each for each in fitting if len(each) > len(last)), None)
        return None if chosen is None else value + chosen[len(last) :]

    def _choices(self) -> Iterator[str]:
        yield from ("tag:", "file:")
        names = self._names()
        for prefix, known in (("tag:", names.tags), ("file:", names.files)):
            for name in known:
                if " " not in name:
                    yield prefix + name
                yield f'{prefix}"{name}"'
