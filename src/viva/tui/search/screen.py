"""Search while typing, with the answers beside the results, and what was found marked in both."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.suggester import Suggester
from textual.timer import Timer
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from viva.errors import QueryError, VivaError
from viva.i18n import N_, tr
from viva.tui.common.highlight import query_terms
from viva.tui.common.hit_lines import preview_lines, result_line
from viva.tui.common.inputs import QueryBox
from viva.tui.common.interface import Words, one_line, padded, widest
from viva.tui.common.page import Page
from viva.tui.common.paragraphs import MUTED, Paragraph, Prose, line_of, spans
from viva.tui.editor import spot_of
from viva.types import Entry, Hit

SEARCH_PAUSE = 0.15
"""Seconds without a key before the search begins."""
MAX_HITS = 20
"""Results that are asked for."""
MIN_VISIBLE_LINES = 3
"""Lines of a passage that have to be seen before anything is scrolled."""


class SearchScreen(Page):
    """Finds passages of the notes by meaning and by words."""

    HEADING = N_("search")
    ABOUT = N_(
        'Type to search. "exact phrase", -word, tag: and file: narrow it down; → completes tags and files. Arrow keys '
        "walk through the results; Ctrl+Y asks their questions, Ctrl+O opens the note in the editor that VISUAL or "
        "EDITOR names."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+y", "practise", N_("Practise")),
        Binding("ctrl+o", "edit", N_("Edit")),
        Binding("escape", "back", N_("Back")),
        Binding("down", "step(1)", N_("Next result"), key_display="↓", show=False),
        Binding("up", "step(-1)", N_("Last result"), key_display="↑", show=False),
        Binding("pagedown", "page(1)", N_("Page down"), show=False),
        Binding("pageup", "page(-1)", N_("Page up"), show=False),
    ]

    def __init__(self, query: str = "") -> None:
        super().__init__()
        self._query = query
        self._pause: Timer | None = None
        self._query_terms: tuple[str, ...] = ()
        """What of the query is marked where it stands."""
        self._unscrolled = False
        """Whether the preview says something new that was not yet laid out, and so could not be scrolled to."""
        self._names = KnownNames()
        self.hits: list[Hit] = []
        self._near = 0
        """How many of them, the first ones, are near to what is looked for; a line stands before the others."""

    def compose_body(self) -> ComposeResult:
        """Make the query line, the results and the preview."""
        asking = tr("search your notes")
        completion = QueryCompletion(lambda: self._names)
        yield QueryBox(
            self._query, placeholder=asking, id="query", compact=True, select_on_focus=False, suggester=completion
        )
        yield Prose(syntax_lines(), id="syntax")
        with Container(id="found"):
            yield OptionList(id="hits", compact=True, markup=False)
            with VerticalScroll(id="preview", can_focus=False):
                yield Prose(id="passage")

    def on_mount(self) -> None:
        """Begin in the query line."""
        self.query_one("#query").focus()
        self.screen_layout_refresh_signal.subscribe(self, self._scroll_to_passage)
        self._load_names()
        self._toggle_syntax_help(self._query)
        if self._query:
            self.search(self._query)

    @work(exclusive=True, group="names")
    async def _load_names(self) -> None:
        """Learn what tag: and file: can be followed by, in the core's thread, which reads the notes."""
        self._names = await self.ask(lambda: KnownNames.of(self.viva.workspace.entries)) or self._names

    def _toggle_syntax_help(self, query: str) -> None:
        """Tell what a query may hold as long as there is none."""
        self.set_class(not query.strip(), "-asking")

    @on(Input.Changed, "#query")
    def _search_after_pause(self, event: Input.Changed) -> None:
        self._toggle_syntax_help(event.value)
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(SEARCH_PAUSE, lambda: self.search(event.value))

    @on(Input.Submitted, "#query")
    def _search_at_once(self, event: Input.Submitted) -> None:
        if self._pause is not None:
            self._pause.stop()
        self.search(event.value)

    @work(exclusive=True, group="search")
    async def search(self, query: str) -> None:
        """Ask the core; a newer query cancels an older one."""
        self._query = query
        if not query.strip():
            self._show_hits([], "")
            return
        try:
            hits, near = await self.viva.core.call(self._find, query)
        except QueryError as error:
            self._show_hits([], str(error))
        except VivaError as error:
            self._show_hits([], "")
            self.tell(str(error), problem=True)
        else:
            self._show_hits(hits, "" if hits else lambda: tr("nothing found: try other words"), near)

    def _find(self, query: str) -> tuple[list[Hit], int]:
        """Return the hits and how many of them are near; for the core's thread."""
        hits = self.viva.workspace.search(query, MAX_HITS)
        return hits, sum(self.viva.workspace.closeness(hit) != "far" for hit in hits)

    def _show_hits(self, hits: list[Hit], message: str | Words, near: int = 0) -> None:
        if not self.query("#hits"):  # the page is being closed, and what it shows is gone already
            return
        self.hits, self._near = hits, near
        self._query_terms = query_terms(self._query)
        self.tell(message)
        self.show_heading()
        self._list_hits(0)
        if not hits:
            self.query_one("#passage", Prose).say()

    def _list_hits(self, marked: int) -> None:
        listed, hits = self.query_one("#hits", OptionList), self.hits
        rows = [Option(result_line(hit, self._query_terms)) for hit in hits]
        if self._near < len(hits):
            line = tr("less close:") if self._near else tr("nothing close; the nearest are:")
            rows.insert(self._near, Option(Content.styled(line, MUTED), disabled=True))
        listed.set_options(rows)
        listed.highlighted = self._row_index(marked) if hits else None

    def _row_index(self, at: int) -> int:
        """Return the row of a hit, of which those that are not near stand below a line of their own."""
        return at + (at >= self._near)

    def _hit_index(self, row: int) -> int:
        return row - (row > self._near)

    @on(OptionList.OptionHighlighted, "#hits")
    def _preview(self, event: OptionList.OptionHighlighted) -> None:
        if (at := self._hit_index(event.option_index)) < len(self.hits):
            self._show_preview(self.hits[at])

    def _show_preview(self, hit: Hit) -> None:
        prose, lines = self.query_one("#passage", Prose), preview_lines(hit, self._entry(hit), self._query_terms)
        self._unscrolled = prose.paragraphs != tuple(lines)
        prose.say(*lines)

    def _scroll_to_passage(self, _: Screen[object]) -> None:
        """Scroll to the passage within its answer, unless it can be seen to begin below the question."""
        prose, preview = self.query_one("#passage", Prose), self.query_one("#preview")
        if not self._unscrolled or not prose.is_laid_out:
            return
        self._unscrolled = False
        text, width = prose.paragraphs, prose.content_size.width
        barred = next((at for at, each in enumerate(text) if each.barred), None)
        first = 0 if barred is None else line_of(text, barred, 0, width)
        preview.scroll_to(y=first - 1 if first + MIN_VISIBLE_LINES > preview.size.height else 0, animate=False)

    def heading(self) -> str:
        """Return the name of the screen and how many questions were found."""
        return f"{super().heading()}  {len(self.hits)}" if self.hits else super().heading()

    @property
    def _marked_hit(self) -> Hit | None:
        row = self.query_one("#hits", OptionList).highlighted
        return self.hits[at] if row is not None and (at := self._hit_index(row)) < len(self.hits) else None

    def retranslate(self) -> None:
        """Say what stands around the passages in the language in force too."""
        super().retranslate()
        self.query_one("#query", QueryBox).placeholder = tr("search your notes")
        self.query_one("#syntax", Prose).say(*syntax_lines())
        self._list_hits(self._hit_index(self.query_one("#hits", OptionList).highlighted or 0))

    def _entry(self, hit: Hit) -> Entry | None:
        # The notes were read before anything could be found in them, so this looks up and does not load.
        return next((entry for entry in self.viva.workspace.entries if entry.id == hit.question_id), None)

    def action_edit(self) -> None:
        """Open the note at the marked passage."""
        hit = self._marked_hit
        if hit is not None and (entry := self._entry(hit)) is not None:
            self.viva.edit(spot_of(entry, hit))

    def notes_changed(self) -> None:
        """Search again."""
        self._load_names()
        self.search(self._query)

    @work(exclusive=True, group="begin")
    async def action_practise(self) -> None:
        """Begin an interview over the questions that were found."""
        from viva.tui.interview.screen import InterviewScreen

        ids = [hit.question_id for hit in self.hits]
        if not ids:
            self.tell(lambda: tr("nothing is listed that could be asked"))
        elif any(isinstance(screen, InterviewScreen) for screen in self.app.screen_stack):
            await self.viva.navigator.begin(only=ids)  # asks first, and leaves the one that is open beneath
        elif (session := await self.ask(self.viva.workspace.begin_session, count=len(ids), only=ids)) is not None:
            self.app.push_screen(InterviewScreen(session))

    def action_step(self, by: int) -> None:
        """Walk through the results without leaving the query line."""
        listed = self.query_one("#hits", OptionList)
        if self.hits:
            at = self._hit_index(listed.highlighted or 0) + by
            listed.highlighted = self._row_index(max(0, min(len(self.hits) - 1, at)))

    def action_page(self, by: int) -> None:
        """Scroll the preview."""
        self.scroll_by_page(self.query_one("#preview"), by)


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
