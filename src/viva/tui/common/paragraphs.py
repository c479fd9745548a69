"""Paragraphs laid out in lines of a terminal, Chinese and English alike, and the widget that shows them.

Textual breaks lines at blanks only, which tears a Chinese sentence in two wherever it holds an English word. Here a
line may also end between two Chinese characters, except where Chinese typesetting forbids it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len, get_character_cell_size
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from viva.tui.common.interface import literal

MUTED = "$foreground 70%"
"""Style of what stands back. (`$text-muted` is for CSS; in `Content` it loses its transparency.)"""
BAR = "▎"
MEASURE = 100
"""Cells of the longest line: in longer ones the eye loses the next line's beginning."""
_LIST = re.compile(r"\s*(?:(?:[-*•·]|\(?\d{1,2}[.)、）])\s*)?")
"""Indentation and list marker at the beginning of a line."""
_NARROW = 48
"""Below this width the words need the room more than the indents."""
_NARROW_INDENT = 2
_NOT_FIRST = frozenset("，。、；：？！）】》」』〉〕…—·,.;:?!)]}%”’")
_NOT_LAST = frozenset("（【《「『〈〔([{“‘\u200d")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of styled text and how far its lines stand in, in cells."""

    content: Content
    first: int = 0
    """Indent of the first line."""
    rest: int = 0
    """Indent of the lines after it, so that a list item hangs under its text."""
    barred: bool = False
    """Whether a bar stands at the beginning of the indent, as beside a passage that is quoted."""


BLANK = Paragraph(Content(""))
"""An empty line between two paragraphs."""


def paragraph(text: str, style: str = "", first: int = 0, rest: int | None = None) -> list[Paragraph]:
    """Return untrusted `text` as paragraphs, one a line, shown literally in one style.

    A broken line goes on under its own text, after indentation and list marker.
    """
    rest = first if rest is None else rest
    lines = literal(text).split("\n")
    return [
        Paragraph(Content.styled(line, style), first if at == 0 else rest, rest + _hang(line))
        for at, line in enumerate(lines)
    ]


def _hang(line: str) -> int:
    found = _LIST.match(line)
    return cell_len(found[0]) if found and found.end() < len(line) else 0


def spans(*parts: str | tuple[str, str], first: int = 0, rest: int | None = None) -> Paragraph:
    """Return one paragraph of pieces, each plain or with a style; a line break in a piece becomes a blank."""
    flat = [
        (literal(part).replace("\n", " "), "")
        if isinstance(part, str)
        else (literal(part[0]).replace("\n", " "), part[1])
        for part in parts
    ]
    return Paragraph(Content.assemble(*flat), first, first if rest is None else rest)


def lay_out(paragraphs: Iterable[Paragraph], width: int) -> Content:
    """Return the paragraphs broken into lines of at most `width` cells (at least 8 are assumed)."""
    lines: list[Content] = []
    for each in paragraphs:
        lines.extend(_lines(each, max(8, width)))
    return Content("\n").join(lines)


def line_of(paragraphs: Sequence[Paragraph], at: int, offset: int, width: int) -> int:
    """Return in which line, from 0, the character at `offset` of paragraph `at` is laid out."""
    width = max(8, width)
    above = sum(len(_breaks(each, width)[2]) + 1 for each in paragraphs[:at])
    return above + sum(broken <= offset for broken in _breaks(paragraphs[at], width)[2])


def _breaks(each: Paragraph, width: int) -> tuple[int, int, list[int]]:
    """Return the indents of the first line and of the others as there is room for them, and where lines are broken."""
    most = _NARROW_INDENT if width < _NARROW else width // 2
    first, rest = min(each.first, most), min(each.rest, most)
    return first, rest, break_offsets(each.content.plain, width - first, width - rest)


def _lines(each: Paragraph, width: int) -> list[Content]:
    first, rest, offsets = _breaks(each, width)
    pieces: Sequence[Content] = each.content.divide(offsets) if offsets else [each.content]
    indented = [_indent(first if at == 0 else rest, barred=each.barred) + piece for at, piece in enumerate(pieces)]
    return [line.rstrip() for line in indented]


def _indent(cells: int, *, barred: bool) -> Content:
    return Content.assemble((BAR, "$text-primary"), " " * (cells - 1)) if barred and cells else Content(" " * cells)


def break_offsets(text: str, first: int, rest: int) -> list[int]:
    """Return where `text` (one line) is broken, as indices: `first` cells in the first line, `rest` in the others."""
    offsets: list[int] = []
    start, used, room, chance = 0, 0, first, 0
    for at, character in enumerate(text):
        size = get_character_cell_size(character)
        if at > start and _may_break(text, at):
            chance = at
        while used + size > room and not character.isspace():  # once more where the next line is the shorter one
            cut = chance if chance > start else at
            if cut == start:
                break
            offsets.append(cut)
            start, room = cut, rest
            used = sum(get_character_cell_size(each) for each in text[start:at])
        used += size
    return offsets


def _may_break(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at]
    if before.isspace():
        return not after.isspace()
    if after.isspace() or after in _NOT_FIRST or before in _NOT_LAST:
        return False
    return get_character_cell_size(after) == 2 or (
        get_character_cell_size(before) == 2 and get_character_cell_size(after) > 0
    )


class Prose(Widget):
    """Shows paragraphs; its height follows from its width, which is no more than is well read."""

    DEFAULT_CSS = f"""
    Prose {{ width: 1fr; max-width: {MEASURE}; height: auto; }}
    """

    paragraphs: reactive[tuple[Paragraph, ...]] = reactive((), layout=True)
    """What is shown."""

    def __init__(
        self,
        paragraphs: Iterable[Paragraph] = (),
        *,
        id: str | None = None,  # noqa: A002  # Textual's name for it
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._laid_out: tuple[tuple[Paragraph, ...], int, Content] | None = None
        self.set_reactive(Prose.paragraphs, tuple(paragraphs))

    def say(self, *paragraphs: Paragraph) -> None:
        """Show these paragraphs instead."""
        self.paragraphs = paragraphs

    def restyle(self, paragraphs: Iterable[Paragraph]) -> None:
        """Show the same words in other styles, which no comparison of contents sees."""
        self.set_reactive(Prose.paragraphs, tuple(paragraphs))
        self._laid_out = None
        self.refresh()

    @property
    def is_laid_out(self) -> bool:
        """Whether the widget has the height that its paragraphs need."""
        return self.content_size.height == self.get_content_height(self.size, self.size, self.content_size.width)

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002  # Textual's signature
        """Return the width of the widest line, had there been room for it."""
        return min(container.width, max((p.first + p.content.cell_length for p in self.paragraphs), default=0))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Return the number of lines at `width` cells."""
        return len(self._content(width).plain.split("\n")) if self.paragraphs else 0

    def render(self) -> Content:
        """Return the lines for the width the layout gave."""
        return self._content(self.content_size.width)

    def _content(self, width: int) -> Content:
        if self._laid_out is None or self._laid_out[:2] != (self.paragraphs, width):
            self._laid_out = (self.paragraphs, width, lay_out(self.paragraphs, width))
        return self._laid_out[2]


BAR_CELLS = 24
"""Cells of a full bar."""


def bar(score: float, width: int = BAR_CELLS) -> tuple[tuple[str, str], tuple[str, str]]:
    """Return a bar for 0 to 100, full and empty part, each with its style."""
    full = round(max(0.0, min(100.0, score)) / 100 * width)
    return ("━" * full, colour_of(score)), ("─" * (width - full), MUTED)


def percent(part: float | None) -> tuple[str, str]:
    """Return a share of 0 to 1 in percent, with its style; None is a dash."""
    return ("   – ", MUTED) if part is None else (f"{round(part * 100):>3}% ", f"bold {colour_of(part * 100)}")


def share(part: float | None, width: int = BAR_CELLS) -> tuple[tuple[str, str], ...]:
    """Return a share of 0 to 1 in percent and as a bar, each with its style; None is a dash."""
    return percent(part), *((("─" * width, MUTED),) if part is None else bar(part * 100, width))


def colour_of(score: float) -> str:
    """Return the colour that goes with a score of 0 to 100."""
    if score >= 75:
        return "$text-success"
    return "$text-warning" if score >= 40 else "$text-error"
