"""What a full answer says, point by point: list items, else lines, sentences or clauses of the reference.

A marker with the reference in hand ticks off list items, and where there is no list, statements. Labels such as
"优点：" and "Drawbacks:" go before each of their items, because "needs a small step" means nothing without them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from viva.notes.blocks import prose_lines
from viva.notes.formats.markers import indent_of
from viva.notes.statements import enumerated, is_contentless, statements
from viva.text.normal import length
from viva.types import Point

_LONG = 60
"""A list item up to this length (characters in Chinese, words else) stays whole."""
_LABEL_LENGTH = 8
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
_LABEL = re.compile(r"^(?P<label>[^：:。！？!?；;，,]{1,40}?)\s*[：:](?!//|\d)\s*(?P<rest>.*)$")
_INLINE_NUMBER = re.compile(rf"(?<![\d.])({_D}{{1,2}})\s?[.．、。)）\-](?![\d])\s*(?=\S)")
_QUALITIES = re.compile(
    r"^(?:主要)?(?:的)?(?:优点|缺点|好处|坏处|优势|劣势|不足|特点|作用|局限性?)$"
    r"|^(?:advantages?|disadvantages?|pros?|cons?|benefits?|drawbacks?|limitations?|strengths?|weakness(?:es)?)$",
    re.IGNORECASE,
)
_MARKUP = (
    (re.compile(r"!\[([^\]]*)\]\([^)]*\)|!\[\[[^\]]*\]\]"), r"\1"),
    (re.compile(r"\[\[(?:[^\]|]*\|)?([^\]]+)\]\]"), r"\1"),
    (re.compile(r"(?<!!)\[([^\]]+)\]\([^)\s]*(?:\s+\"[^\"]*\")?\)"), r"\1"),
    (re.compile(r"(\*\*|__|~~|==)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=[^\s*])([^*]+?)(?<=[^\s*])\*(?![\w*])"), r"\1"),
    (re.compile(r"`([^`]+)`"), r"\1"),
    (re.compile(r"</?(?:b|i|u|em|strong|br|p|sub|sup|span|div|li|ul|ol|code|mark|kbd)\b[^>]*>"), " "),
    (re.compile(r"\^\d+\^|\[\^[^\]]+\]"), ""),
)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of prose, taken apart."""

    text: str
    indent: int
    item: bool
    after_blank: bool
    before_blank: bool


def split_points(answer: str) -> tuple[Point, ...]:
    """Return the points of an answer in order, each once; at least one unless the answer is empty.

    Markers, emphasis and links lose their marks; code blocks, tables and display formulas give no points unless there
    is nothing else.
    """
    if not answer.strip():
        return ()
    lines = _lines(prose_lines(answer.split("\n")))
    found = _from_lines(lines)
    if len(found) == 1 and len(lines) == 1 and not lines[0].item:
        found = enumerated(found[0]) or found
    kept = list(dict.fromkeys(text for text in map(_tidy, found) if any(c.isalnum() for c in text)))
    return tuple(Point(text) for text in kept) or (Point(_whole(answer)),)


def _whole(answer: str) -> str:
    """Return the answer in one line, for one that is nothing but a formula, code or a table."""
    rows = [row.strip() for row in answer.split("\n")]
    inner = [row for row in rows if row and not re.fullmatch(r"(?:```|~~~).*|\$\$|\\\[|\\\]|[|:\-\s]+", row)]
    return " ".join(inner).strip("$ ") or answer.strip()


def _lines(rows: list[str]) -> list[_Line]:
    found: list[_Line] = []
    expected = 1
    for index, row in enumerate(rows):
        text = plain(row)
        if not text:
            continue
        marker = _BULLET.match(text)
        item = marker is not None and _is_marker(marker, expected)
        if marker is not None and item:
            number = marker.group("number")
            expected = int(number) + 1 if number else expected
            text = marker.group("text")
        before = index > 0 and not rows[index - 1].strip()
        after = index + 1 < len(rows) and not rows[index + 1].strip()
        found.append(_Line(text, indent_of(row), item, before, after))
    return found


def _is_marker(marker: re.Match[str], expected: int) -> bool:
    """Whether digits are a marker: before a digit only when they are next in line ("2.1x1" after item 1)."""
    number, text = marker.group("number"), marker.group("text")
    if number is None or not text[0].isdigit() or marker.string[marker.start("text") - 1].isspace():
        return True
    return int(number) == expected and re.match(r"[\d.]+\s*\W*$", text) is None


def plain(row: str) -> str:
    """Return a line without Markdown's quote marks, emphasis, links and footnote marks."""
    text = re.sub(r"^\s*(?:>\s*)+", "", row).strip()
    text = re.sub(r"^#{1,6}\s+", "", text)
    for pattern, replacement in _MARKUP:
        text = pattern.sub(replacement, text)
    return text.strip()


def _from_lines(lines: list[_Line]) -> list[str]:
    titled = _items_are_titles(lines)
    found: list[str] = []
    label, label_indent, hanging = "", 0, False
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else None
        ends_label = line.indent < label_indent or (line.indent == label_indent and not hanging) or line.after_blank
        if label and ends_label and not (hanging and index and lines[index - 1].text.rstrip("：: ") == label):
            label = ""
        if (titled and line.item and _short(line.text)) or _is_subheading(lines, index):
            label = ""
            continue
        own, rest = _label_of(line.text)
        if own is not None and not rest and (following is not None):
            if length(own) <= _LABEL_LENGTH:
                label, label_indent, hanging = own, line.indent, following.indent <= line.indent
            elif not is_contentless(line.text):
                found.append(own)
            continue
        if own is not None and (_INLINE_NUMBER.match(rest) or _QUALITIES.match(own) or _deeper(line, following)):
            if length(own) <= _LABEL_LENGTH:
                label, label_indent, hanging = own, line.indent, False
                found.extend(_labelled(own, _pieces(rest, item=True, quality=bool(_QUALITIES.match(own)))))
                continue
        if is_contentless(line.text) and len(lines) > 1:
            continue
        found.extend(_labelled(label, _pieces(line.text, item=line.item, quality=False)))
    return found


def _label_of(text: str) -> tuple[str | None, str]:
    found = _LABEL.match(text)
    return (None, text) if found is None else (found.group("label").strip(), found.group("rest").strip())


def _deeper(line: _Line, following: _Line | None) -> bool:
    return following is not None and following.indent > line.indent


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
        parts = enumerated(text)
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
    return length(text) <= _LABEL_LENGTH and not re.search(r"[，。；;,]", text)


def _items_are_titles(lines: list[_Line]) -> bool:
    """Whether the list's items are titles of the text below each: all are short, and each is followed by plain text."""
    items = [(index, line) for index, line in enumerate(lines) if line.item]
    if len(items) < 2 or not all(_short(line.text) for _, line in items):
        return False
    return all(index + 1 < len(lines) and not lines[index + 1].item for index, _ in items)


def _is_subheading(lines: list[_Line], index: int) -> bool:
    """Whether a line is a heading inside the answer: short, alone between blank lines, and the text below is longer."""
    line = lines[index]
    if line.item or not line.before_blank or not line.after_blank and index > 0 or index + 1 == len(lines):
        return False
    longer = sum(1 for other in lines[index + 1 :] if length(other.text) > 2 * length(line.text))
    return _heading_like(line.text) and longer >= 1 and len(lines) >= 4


def _heading_like(text: str) -> bool:
    return length(text) <= 2 * _LABEL_LENGTH and not re.search(r"[，。；;,：:=]", text)


def _tidy(text: str) -> str:
    return re.sub(r"[ \t\u3000]+", " ", text).strip().strip("；;，,、。 ").strip()
