"""What a full answer says, point by point: list items, else lines, sentences or clauses of the reference.

A marker with the reference in hand ticks off list items, and where there is no list, statements. Labels such as
"优点：" and "Drawbacks:" go before each of their items, because "needs a small step" means nothing without them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from viva.notes.blocks import prose_lines, with_formulas
from viva.notes.formats.markers import indent_of
from viva.notes.plain_line import plain
from viva.notes.statements import enumerated, is_contentless, is_summary, names, statements, unwrapped
from viva.text.normal import length
from viva.types import Point

_LONG = 60
"""A list item up to this length (characters in Chinese, words else) stays whole."""
_LABEL_LENGTH = 10
_SIBLING_LENGTH = 6
"""The longest label within a line that takes over from the one at its start."""
_TITLE_LENGTH = 8
_MOST = 20_000
"""Characters of an answer that are looked at: nobody types more from memory, and dumps must not stall reading."""
_D = "[0-9０-９]"
_BULLET = re.compile(
    rf"""^(?:
      [-*+•●○▪◦·►➢✓√–—][ \t]+(?:\[[ xX]\][ \t]+)?
    | [•●○▪◦·►➢]
    | \\?[(（\[]\s*{_D}{{1,3}}\s*[)）\]][.、]?\s*
    | (?P<number>{_D}{{1,3}})(?:[ ]?\\?[.．、)）。:：][.、]?\s*|-(?!\d)\s*|\s*[)）]\s*)
    | [①-⑳❶-❿]\s*
    | [(（][a-zA-Zivx]{{1,3}}[)）]\s*
    | [a-zA-Z][.)）][ \t]+
    | [(（][一二三四五六七八九十]{{1,3}}[)）][、]?\s*
    | [一二三四五六七八九十]{{1,3}}[、.．]\s*
    | 第[一二三四五六七八九十]{{1,2}}(?:[，,、：:]|(?:点|步|个?方面)(?:[，,、：:]|是))\s*
    )(?P<text>\S.*)$""",
    re.VERBOSE,
)
_LABEL = re.compile(r"^(?P<label>[^：:。！？!?；;，,]{1,40}?)\s*[：:](?!//)(?!(?<=\d.)\d)\s*(?P<rest>.*)$")
_INLINE_NUMBER = re.compile(rf"(?<![\d.A-Za-z_Α-ω])({_D}{{1,2}})(?:\s?[.．、。)）](?!\d)\s*|-(?![\d\s])|－\s*)(?=\S)")
_QUALITIES = re.compile(
    r"^(?:主要)?(?:的)?(?:优点|缺点|好处|坏处|优势|劣势|不足|特点|作用|局限性?|(?:解决)?(?:办法|方法|方案)|类型|种类)$"
    r"|^(?:advantages?|disadvantages?|pros?|cons?|benefits?|drawbacks?|limitations?|strengths?|weakness(?:es)?)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of prose, taken apart."""

    text: str
    indent: int
    item: bool
    after_blank: bool
    before_blank: bool


@dataclass(frozen=True, slots=True)
class _Label:
    """A label in force, such as "优点"."""

    text: str = ""
    indent: int = 0
    hanging: bool = False
    """Whether the label stands on a line of its own, its items no deeper than itself."""
    line: int = -1

    def covers(self, line: _Line, *, first: bool) -> bool:
        """Whether `line` is one of the label's items; `first` tells that it is the first line below it."""
        if not self.text:
            return False
        if first and (self.hanging or line.indent > self.indent):
            return True
        inside = line.indent > self.indent or (self.hanging and line.indent == self.indent)
        return inside and not line.after_blank


def split_points(answer: str) -> tuple[Point, ...]:
    """Return the points of an answer in order, each once; at least one unless the answer is empty.

    Markers, emphasis and links lose their marks; code blocks, tables and display formulas give no points unless there
    is nothing else. A formula is a point too where a line announces it, and beside one statement alone.
    """
    if not answer.strip():
        return ()
    text = answer[:_MOST]
    found = _texts(text)
    kept, formulas = with_formulas(text, announced=len(found) > 1)
    if formulas and found:
        found = _texts(kept, formulas)
    return tuple(Point(one) for one in found) or (Point(_whole(text)),)


def _texts(answer: str, formulas: Mapping[int, str] | None = None) -> list[str]:
    """Return the points of the prose of an answer; formulas stand in it as single characters."""
    lines = _unwrap(_lines(prose_lines(answer.split("\n"))))
    found = _from_lines(lines)
    if len(found) == 1 and len(lines) == 1 and not lines[0].item:
        found = enumerated(found[0]) or found
    found = [text.translate(formulas or {}) for text in found]
    kept = list(dict.fromkeys(text for text in map(_tidy, found) if any(c.isalnum() for c in text)))
    return [text for text in kept if not is_summary(text)] if len(kept) > 3 else kept


def _whole(answer: str) -> str:
    """Return the answer in one line, for one that is nothing but a formula, code or a table."""
    rows = [row.strip() for row in answer.split("\n")]
    inner = [row for row in rows if row and not re.fullmatch(r"(?:```|~~~).*|\$\$|\\\[|\\\]|[|:\-\s]+", row)]
    return " ".join(" ".join(inner).replace("$$", " ").split()) or " ".join(answer.split())


def _lines(rows: list[str]) -> list[_Line]:
    found: list[_Line] = []
    alone = sum(1 for row in rows if row.strip()) == 1
    expected = 1
    for index, row in enumerate(rows):
        text = plain(row)
        if not text:
            continue
        marker = _BULLET.match(text)
        item = marker is not None and _is_marker(marker, expected)
        if marker is not None and item:
            number = marker.group("number")
            if number and int(number) == 1 and alone:
                # "1.prune 2.quantise": the list stands in this one line; its first number counts too.
                return [_Line(text, 0, item=True, after_blank=False, before_blank=False)]
            expected = int(number) + 1 if number else expected
            text = marker.group("text")
        before = index > 0 and not rows[index - 1].strip()
        after = index + 1 < len(rows) and not rows[index + 1].strip()
        found.append(_Line(text, indent_of(row), item, after_blank=before, before_blank=after))
    return found


def _unwrap(lines: list[_Line]) -> list[_Line]:
    """Join lines that were only broken to fit a screen."""
    found: list[_Line] = []
    for line in lines:
        last = found[-1] if found else None
        if last and not line.item and not line.after_blank and _label_of(line.text)[0] is None:
            joined = unwrapped(last.text, line.text)
            if joined is not None:
                found[-1] = replace(last, text=joined, before_blank=line.before_blank)
                continue
        found.append(line)
    return found


def _is_marker(marker: re.Match[str], expected: int) -> bool:
    """Whether digits are a marker: before a digit only when they are next in line ("2.1x1" after item 1)."""
    number, text = marker.group("number"), marker.group("text")
    if number is None or not text[0].isdigit() or marker.string[marker.start("text") - 1].isspace():
        return True
    return int(number) == expected and re.match(r"[\d.]+\s*\W*$", text) is None


def _from_lines(lines: list[_Line]) -> list[str]:
    titled = _items_are_titles(lines)
    found: list[str] = []
    label = _Label()
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else None
        if not label.covers(line, first=index == label.line + 1):
            label = _Label()
        if (titled and line.item and _short(line.text)) or _is_subheading(lines, index):
            label = _Label()
            continue
        own, rest = _label_of(line.text)
        if own is not None and not rest and following is not None:
            if is_contentless(line.text):
                label = _Label()
            elif length(own) <= _LABEL_LENGTH:
                label = _Label(own, line.indent, following.indent <= line.indent, index)
            else:
                found.extend(_labelled(label.text, [own]))
            continue
        if own is not None and length(own) <= _LABEL_LENGTH and _introduces(own, rest, line, following):
            label = _Label(own, line.indent, hanging=False, line=index)
            found.extend(_labelled(own, _pieces(rest, item=True, quality=_QUALITIES.match(own) is not None)))
        elif not (is_contentless(line.text) and len(lines) > 1):
            found.extend(_labelled(label.text, _line_points(line)))
    return found


def _introduces(own: str, rest: str, line: _Line, following: _Line | None) -> bool:
    """Whether a label at the start of a line reaches beyond its first statement: a list or deeper lines follow."""
    deeper = following is not None and following.indent > line.indent
    return deeper or bool(_INLINE_NUMBER.match(rest)) or _QUALITIES.match(own) is not None


def _line_points(line: _Line) -> list[str]:
    """Return the points of a line with no label above it in force; its own label goes before each of its sentences."""
    whole = _pieces(line.text, item=line.item, quality=False)
    own, rest = _label_of(line.text)
    if len(whole) > 1 and own is not None and rest and length(own) <= _LABEL_LENGTH and not _INLINE_NUMBER.search(own):
        return _relabelled(whole) or _labelled(own, _pieces(rest, item=False, quality=False))
    return whole


def _relabelled(pieces: list[str]) -> list[str]:
    """Return each sentence with the label in force where several have one: "Young: copied. Old: compacted."; else none.

    A label within the first one's ("Aim: ViT: to classify. DETR: to detect.") stands under it, not beside it.
    """
    labels = [_label_of(piece) for piece in pieces]
    if _label_of(labels[0][1])[0] is not None or not any(_beside(*label) for label in labels[1:]):
        return []
    found, current = [], ""
    for piece, (own, rest) in zip(pieces, labels, strict=True):
        current = own if own is not None and _beside(own, rest) else current
        found.extend([piece] if own is not None else _labelled(current, [piece]))
    return found


def _beside(own: str | None, rest: str) -> bool:
    return own is not None and bool(rest) and length(own) <= _SIBLING_LENGTH


def _label_of(text: str) -> tuple[str | None, str]:
    found = _LABEL.match(text)
    return (None, text) if found is None else (found.group("label").strip(), found.group("rest").strip())


def _labelled(label: str, pieces: list[str]) -> list[str]:
    if not label:
        return pieces
    mark = "：" if any("\u3400" <= c <= "\u9fff" for c in label + "".join(pieces)) else ": "
    return [f"{label}{mark}{piece}" for piece in pieces]


def _pieces(text: str, *, item: bool, quality: bool) -> list[str]:
    """Return the points of one line: its inline list, its clauses when it enumerates qualities, else statements."""
    inline = _inline_items(text)
    if len(inline) > 1:
        return inline
    if len(inline) == 1:
        text = inline[0]
    if quality:
        parts = names(text)
        if parts:
            return parts
    if item and length(text) <= _LONG:
        return [text]
    return statements(text)


def _inline_items(text: str) -> list[str]:
    """Split "1.crop 2. flip 3。rotate" at numbers that go up from 1; what stands before 1 becomes each item's label."""
    cuts: list[re.Match[str]] = []
    for found in _INLINE_NUMBER.finditer(text):
        if int(found.group(1)) == len(cuts) + 1:
            cuts.append(found)
    if not cuts or (len(cuts) == 1 and cuts[0].start() > 0):
        return []
    head = text[: cuts[0].start()].strip().rstrip("：:，, ")
    ends = [cut.start() for cut in cuts[1:]] + [len(text)]
    items = [text[cut.end() : end].strip() for cut, end in zip(cuts, ends, strict=True)]
    items = [item for item in items if item]
    if head and length(head) > _LABEL_LENGTH:
        return [head, *items]
    return _labelled(head, items)


def _short(text: str) -> bool:
    return length(text) <= _TITLE_LENGTH and not re.search(r"[，。；;,]", text)


def _items_are_titles(lines: list[_Line]) -> bool:
    """Whether the list's items are titles of the text below each: all are short, and each is followed by plain text."""
    items = [(index, line) for index, line in enumerate(lines) if line.item]
    if len(items) < 2 or not all(_short(line.text) for _, line in items):
        return False
    return all(index + 1 < len(lines) and not lines[index + 1].item for index, _ in items)


def _is_subheading(lines: list[_Line], index: int) -> bool:
    """Whether a line is a heading inside the answer: short, alone between blank lines, above a list or longer text."""
    line = lines[index]
    alone = line.before_blank and (line.after_blank or index == 0)
    if line.item or not alone or index + 1 == len(lines) or len(lines) < 4 or not _heading_like(line.text):
        return False
    below = lines[index + 1]
    return below.item or length(below.text) > 2 * length(line.text)


def _heading_like(text: str) -> bool:
    return length(text) <= 2 * _TITLE_LENGTH and not re.search(r"[，。；;,：:=]", text)


def _tidy(text: str) -> str:
    return re.sub(r"[ \t\u3000]+", " ", text).strip().strip("；;，,、。：: ").strip()
