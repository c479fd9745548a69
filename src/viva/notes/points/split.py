"""What a full answer says, point by point: list items, else lines, sentences or clauses of the reference.

A marker with the reference in hand ticks off list items, and where there is no list, statements. Labels such as
"优点：" and "Drawbacks:" go before each of their items, because "needs a small step" means nothing without them. The
marks of what is essential or extra are taken off the text and said of the point.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from viva.notes.blocks import prose_lines, with_formulas
from viva.notes.markers import indent_of
from viva.notes.points.lines import (
    begins_bold,
    bold_parts,
    first_mark,
    is_alone,
    is_bold,
    plain,
    unmarked,
    unquoted,
    without_first_mark,
    without_last_mark,
)
from viva.notes.points.statements import enumerated, is_contentless, is_summary, label_of, names, statements
from viva.notes.points.wrapped import Line, columns_of, unwrap
from viva.text.normal import length
from viva.text.segment import sentences
from viva.types import Importance, Point

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
_INLINE_NUMBER = re.compile(rf"(?<![\d.A-Za-z_Α-ω])({_D}{{1,2}})(?:\s?[.．、。)）](?!\d)\s*|-(?![\d\s])|－\s*)(?=\S)")
_QUALITIES = re.compile(
    r"^(?:主要)?(?:的)?(?:优点|缺点|好处|坏处|优势|劣势|不足|特点|作用|局限性?|(?:解决)?(?:办法|方法|方案)|类型|种类)$"
    r"|^(?:advantages?|disadvantages?|pros?|cons?|benefits?|drawbacks?|limitations?|strengths?|weakness(?:es)?)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Label:
    """A label in force, such as "优点", or a mark that stands at one."""

    text: str = ""
    mark: Importance | None = None
    indent: int = 0
    hanging: bool = False
    """Whether the label stands on a line of its own, its items no deeper than itself."""
    line: int = -1

    def covers(self, line: Line, *, first: bool) -> bool:
        """Whether `line` is one of the label's items; `first` says that it is the first line below it."""
        if self.line < 0:
            return False
        if first and (self.hanging or line.indent > self.indent):
            return True
        inside = line.indent > self.indent or (self.hanging and line.indent == self.indent)
        return inside and not line.after_blank


@dataclass(frozen=True, slots=True)
class _AnswerPiece:
    """A point as it is found: with what its mark says, or its line's, and whether it is bold."""

    text: str
    mark: Importance | None = None
    bold: bool = False


def split_points(answer: str) -> tuple[Point, ...]:
    """Return the points of an answer in order, each once; at least one unless the answer is empty.

    Markers, emphasis and links lose their marks; code blocks, tables and display formulas give no points unless there
    is nothing else. A formula is a point too where a line announces it, and beside one statement alone.
    """
    if not answer.strip():
        return ()
    text = answer[:_MOST]
    found = _pieces_found(text)
    kept, formulas = with_formulas(text, announced=len(found) > 1)
    if formulas and found:
        found = _pieces_found(kept, formulas)
    boldness = not all(piece.bold for piece in found)
    return tuple(_point(piece, boldness=boldness) for piece in found) or (Point(_whole(text)),)


def _point(piece: _AnswerPiece, *, boldness: bool) -> Point:
    """Return a piece as a point; `boldness` says whether being bold sets it apart."""
    return Point(piece.text, piece.mark or ("essential" if boldness and piece.bold else "normal"))


def _pieces_found(answer: str, formulas: Mapping[int, str] | None = None) -> list[_AnswerPiece]:
    """Return the points of the prose of an answer; formulas stand in it as single characters."""
    lines = _marked(unwrap(_lines(prose_lines(answer.split("\n")))))
    found = _from_lines(lines)
    if len(found) == 1 and len(lines) == 1 and not lines[0].item:
        found = _pieces_of(lines[0], enumerated(found[0].text), mark=found[0].mark) or found
    kept: dict[str, _AnswerPiece] = {}
    for piece in found:
        text = _tidy(piece.text.translate(formulas or {}))
        if any(c.isalnum() for c in text):
            same = kept.get(text, piece)
            kept[text] = _AnswerPiece(text, same.mark or piece.mark, same.bold or piece.bold)
    return [piece for piece in kept.values() if not is_summary(piece.text)] if len(kept) > 3 else [*kept.values()]


def _pieces_of(
    line: Line, texts: Iterable[str], *, label: str = "", mark: Importance | None = None
) -> list[_AnswerPiece]:
    """Return pieces of a line under a label, without their marks; a piece's own mark says more than another's."""
    code = "`!" in line.raw
    found = [(text, None) if code else unmarked(text) for text in texts]
    labelled = _labelled(label, [text for text, _ in found])
    return [
        _AnswerPiece(whole, own_mark or mark, is_bold(text, line.bold))
        for whole, (text, own_mark) in zip(labelled, found, strict=True)
    ]


def _whole(answer: str) -> str:
    """Return the answer in one line, for one that is nothing but a formula, code or a table."""
    rows = [row.strip() for row in answer.split("\n")]
    inner = [row for row in rows if row and not re.fullmatch(r"(?:```|~~~).*|\$\$|\\\[|\\\]|[|:\-\s]+", row)]
    return " ".join(" ".join(inner).replace("$$", " ").split()) or " ".join(answer.split())


def _lines(rows: list[str]) -> list[Line]:
    found: list[Line] = []
    only_row = sum(1 for row in rows if row.strip()) == 1
    expected = 1
    for index, row in enumerate(rows):
        text = plain(row)
        if not text:
            continue
        raw, body = unquoted(row), indent_of(row)
        text, raw = _behind_the_sign(text, raw)
        marker = _BULLET.match(text)
        item = marker is not None and _is_marker(marker, expected)
        if marker is not None and item:
            number = marker.group("number")
            if number and int(number) == 1 and only_row:
                # "1.prune 2.quantise": the list stands in this one line; its first number counts too.
                return [Line(text, raw, 0, item=True, after_blank=False, before_blank=False)]
            expected = int(number) + 1 if number else expected
            sign, text = text[: marker.start("text")], marker.group("text")
            body += columns_of(sign)
            inner = _BULLET.match(raw)
            raw = inner.group("text") if inner else raw.replace(sign, "", 1) if sign in raw else text
        before = index > 0 and not rows[index - 1].strip()
        after = index + 1 < len(rows) and not rows[index + 1].strip()
        width = columns_of(row.strip()) + indent_of(row)
        found.append(Line(text, raw, indent_of(row), item, before, after, width, body))
    return found


def _behind_the_sign(text: str, raw: str) -> tuple[str, str]:
    """Return a line with a mark before the sign of a list ("! 1. …") put behind it, as it reads and as written."""
    mark = first_mark(text)
    listed = _BULLET.match(text[len(mark) :]) if mark and raw.startswith(mark) else None
    if listed is None:
        return text, raw
    end = len(mark) + listed.start("text")
    return f"{text[len(mark) : end]}{mark}{text[end:]}", f"{raw[len(mark) : end]}{mark}{raw[end:]}"


def _is_marker(marker: re.Match[str], expected: int) -> bool:
    """Whether digits are a marker: before a digit, and in "16-bit", only when they are next in line."""
    number, text = marker.group("number"), marker.group("text")
    if number is None or marker.string[marker.start("text") - 1].isspace():
        return True
    if marker.string[marker.start("text") - 1] == "-" and text[0].isascii() and text[0].isalpha():
        return int(number) == expected
    return not text[0].isdigit() or (int(number) == expected and re.match(r"[\d.]+\s*\W*$", text) is None)


def _marked(lines: list[Line]) -> list[Line]:
    """Return the lines without the marks that hold for all of each: at its beginning, at the end of an item."""
    plain = [_without_marks(line) for line in lines]
    listed = {item: _all_begin_bold([line for line in plain if line.item is item]) for item in (True, False)}
    return [replace(line, bold=_set_apart(plain, index, listed=listed[line.item])) for index, line in enumerate(plain)]


def _all_begin_bold(lines: list[Line]) -> bool:
    begin = [begins_bold(line.text, line.bold) for line in lines if label_of(line.text)[1]]
    return len(begin) > 1 and all(begin)


def _without_marks(line: Line) -> Line:
    bold = tuple(unmarked(part)[0] for part in bold_parts(line.raw))
    if line.raw.lstrip("*_ ").startswith("`"):
        return replace(line, bold=bold)
    text, first = without_first_mark(line.text)
    one = line.item or len(sentences(text.strip())) == 1
    text, last = without_last_mark(text) if one and len(_inline_items(text)) < 2 else (text, None)
    return replace(line, text=text, mark=first or last, bold=bold)


def _set_apart(lines: list[Line], index: int, *, listed: bool) -> tuple[str, ...]:
    """Return what bold of a line can set points of it apart: no title, no term that all lines begin with."""
    line, below = lines[index], lines[index + 1] if index + 1 < len(lines) else None
    whole = is_bold(line.text, line.bold[:1])
    if (
        whole
        and below is not None
        and not line.item
        and _heading_like(line.text)
        and not is_bold(below.text, below.bold)
    ):
        titled = below.item or below.indent > line.indent or length(below.text) > 2 * length(line.text)
        return () if titled else line.bold
    return line.bold[1:] if listed and not whole else line.bold


def _from_lines(lines: list[Line]) -> list[_AnswerPiece]:
    titled = _items_are_titles(lines)
    found: list[_AnswerPiece] = []
    label, scope = _Label(), _Label()
    heading: Importance | None = None
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else None
        label = label if label.covers(line, first=index == label.line + 1) else _Label()
        scope = scope if scope.covers(line, first=index == scope.line + 1) else _Label()
        if is_alone(line.text) and following is not None:
            label, scope = _Label(), _Label("", "extra", line.indent, following.indent <= line.indent, index)
            continue
        if (titled and line.item and _short(line.text)) or _is_subheading(lines, index):
            label, scope, heading = _Label(), _Label(), line.mark
            continue
        scope = _scope(scope, line, following, index)
        mark = line.mark or scope.mark or heading
        own_label, statement = label_of(line.text)
        if own_label is not None and not statement and following is not None:
            if is_contentless(line.text):
                label = _Label()
            elif length(own_label) <= _LABEL_LENGTH:
                label = _Label(own_label, None, line.indent, following.indent <= line.indent, index)
            else:
                found.extend(_pieces_of(line, [own_label], label=label.text, mark=mark))
            continue
        if (
            own_label is not None
            and length(own_label) <= _LABEL_LENGTH
            and _introduces(own_label, statement, line, following)
        ):
            label = _Label(own_label, None, line.indent, hanging=False, line=index)
            pieces = _pieces(statement, item=True, quality=_QUALITIES.match(own_label) is not None)
            found.extend(_pieces_of(line, pieces, label=own_label, mark=mark))
        elif not (is_contentless(line.text) and len(lines) > 1):
            found.extend(_pieces_of(line, _line_points(line), label=label.text, mark=mark))
    return found


def _scope(outer: _Label, line: Line, following: Line | None, index: int) -> _Label:
    """Return how far the mark in force reaches after a line: `outer`, or the line's own.

    A mark at a label holds for what is under the label, one of a point that may be missing for its details too; a label
    without a mark ends the reach of the one beside it.
    """
    if following is None:
        return outer
    label, statement = label_of(line.text)
    label_alone, deeper = label is not None and not statement, following.indent > line.indent
    beside = label_alone and not deeper and line.indent <= outer.indent
    holds = line.mark is not None and (label_alone or (deeper and (label is not None or line.mark == "extra")))
    return _Label("", line.mark, line.indent, label_alone and not deeper, index) if holds or beside else outer


def _introduces(label: str, statement: str, line: Line, following: Line | None) -> bool:
    """Whether a label at the start of a line reaches beyond its first statement: a list or deeper lines follow."""
    deeper = following is not None and following.indent > line.indent
    return deeper or bool(_INLINE_NUMBER.match(statement)) or _QUALITIES.match(label) is not None


def _line_points(line: Line) -> list[str]:
    """Return the points of a line with no label above it in force; its own label goes before each of its sentences."""
    whole = _pieces(line.text, item=line.item, quality=False)
    label, statement = label_of(line.text)
    if (
        len(whole) > 1
        and label is not None
        and statement
        and length(label) <= _LABEL_LENGTH
        and not _INLINE_NUMBER.search(label)
    ):
        return _relabelled(whole) or _labelled(label, _pieces(statement, item=False, quality=False))
    return whole


def _relabelled(pieces: list[str]) -> list[str]:
    """Return each sentence with the label in force where several have one: "Young: copied. Old: compacted."; else none.

    A label within the first one's ("Aim: ViT: to classify. DETR: to detect.") stands under it, not beside it.
    """
    labels = [label_of(piece) for piece in pieces]
    if label_of(labels[0][1])[0] is not None or not any(_beside(*label) for label in labels[1:]):
        return []
    found, current = [], ""
    for piece, (label, statement) in zip(pieces, labels, strict=True):
        current = label if label is not None and _beside(label, statement) else current
        found.extend([piece] if label is not None else _labelled(current, [piece]))
    return found


def _beside(label: str | None, statement: str) -> bool:
    return label is not None and bool(statement) and length(label) <= _SIBLING_LENGTH


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


def _items_are_titles(lines: list[Line]) -> bool:
    """Whether the list's items are titles of the text below each: all are short, and each is followed by plain text."""
    items = [(index, line) for index, line in enumerate(lines) if line.item]
    if len(items) < 2 or not all(_short(line.text) for _, line in items):
        return False
    return all(index + 1 < len(lines) and not lines[index + 1].item for index, _ in items)


def _is_subheading(lines: list[Line], index: int) -> bool:
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
