"""The command palette's source: viva's own commands, found by their names."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.fuzzy import Matcher
from textual.markup import escape

from viva.tui.commands import Command, commands, searching

if TYPE_CHECKING:
    from viva.tui.app import VivaApp

_AT_LAST = 0.01
"""Score of a search for what was typed: below all that is called so."""


class VivaCommands(Provider):
    """Offers what can be done; the core is not asked, so that the palette opens at once however busy it is."""

    @property
    def viva(self) -> VivaApp:
        """The app, under its own type."""
        return cast("VivaApp", self.app)

    async def discover(self) -> Hits:
        """Yield all there is, before anything was typed."""
        for command in commands(self.viva, self.screen):
            yield DiscoveryHit(Content(command.name), command.run, command.name, escape(command.about) or None)

    async def search(self, query: str) -> Hits:
        """Yield what is called so, and a search of the notes."""
        matcher = self.matcher(query)
        for command in commands(self.viva, self.screen):
            score = max(matcher.match(command.name), matcher.match(command.also) if command.also else 0.0)
            if score > 0:
                yield _hit(score, _highlighted(matcher, command.name), command)
        if (last := searching(self.viva, query)) is not None:
            yield _hit(_AT_LAST, Content(last.name), last)


def _hit(score: float, name: Content, command: Command) -> Hit:
    return Hit(score, name, command.run, command.name, escape(command.about) or None)


def _highlighted(matcher: Matcher, name: str) -> Content:
    """Return a name with what matches in it marked; `Matcher.highlight` would read markup in it."""
    content = Content(name)
    _, offsets = matcher.fuzzy_search.match(matcher.query, name)
    for at in offsets:
        if not name[at].isspace():
            content = content.stylize(matcher.match_style, at, at + 1)
    return content
