"""Lines of prose, and which of them were only broken to fit a page: joined again, they are one statement.

What tells a wrapped line from a note by itself: it goes on in the middle of a phrase, and it is as long as it can be,
for the first word of the next line would not have fitted on it. A short line, one that ends in a full stop, and one
before a list item, a label, a mark or an empty line stays by itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise

from viva.notes.points.lines import WIDEST, begins_marked, ends_marked, plain
from viva.notes.points.statements import label_of
from viva.text.normal import count_cjk, language_of, length
from viva.text.segment import sentences
from viva.types import Importance

_NARROW = 40
"""Columns of the shortest line that is taken for a wrapped one on the word of its grammar alone."""
_PAGE = 58
_WIDEST_PAGE = 104
_CHINESE_PAGE = range(60, 77)
"""Columns of the lines whose break may be told from a short rest of a phrase alone."""
_LONG_WORD = 20
_SLACK = 4
"""Columns that a line may fall short of the page: people wrap by hand, and letters differ in width on paper."""
_LABEL_LENGTH = 10
_MANY = 3
"""Breaks in a row at the very same width, which are no chance."""

_COMMA = ("，", ",", "、")
_ENDED = re.compile(r"[。.！!?？；;…][)）\]】”’」』\"']*$")
_ABBREVIATED = re.compile(r"(?:\b(?:e\.g|i\.e|vs|cf|al|resp|approx|[Ff]ig|[Ee]q)\.)$")
_CAPITAL = re.compile(r"(?:^|[.!?]\s+)[A-Z]")
_SMALL_ENDS = re.compile(
    r"(?:^|[\s(])(?:an?|the|of|to|in|on|by|for|with|from|at|as|and|or|nor|but|that|which|who|whose|than|is|are|was|were|be"
    r"|been|being|has|have|had|can|could|may|might|must|will|would|shall|should|not|into|onto|between|within|without"
    r"|about|per|via|its|their|our|your|this|these|those|each|every|if|when|while|because|since|whether|both|either"
    r"|neither|very|such|so|does|do|did)$",
    re.IGNORECASE,
)
_BEFORE_NAMES = re.compile(
    r"(?:^|[\s(])(?:an?|the|of|and|or|by|with|from|than|their|its|our|your|between|called|named|like)$", re.IGNORECASE
)
"""Words that a sentence seldom ends with, whatever follows."""
_SMALL_STARTS = re.compile(r"(?:and|or|nor|of|than|is|are|was|were|be|been|has|have|had|which|whose)\s")
_NEW_SENTENCE = re.compile(
    r"(?:The|An?|It|This|That|These|Those|They|There|Each|Every|In|On|At|For|With|Without|By|If|When|While|As|To|From"
    r"|All|Both|Some|Most|Many|One|Two|We|You|Its|Their|Not|No|So|But|And|Or|Use|Uses|Also|Then|First|Second|Finally"
    r"|However|Because|Since|After|Before|Only)\b"
)
_NAME = re.compile(r"(?=\S*[A-Z]\S*[A-Z0-9])|(?=[\d(\[“\"‘'$\\])")
"""What sentences seldom begin with: an abbreviation, a name with capitals within it, a number, a bracket."""
_ANNOUNCING = (
    "首先|其次|再次|然后|接着|最后|另外|此外|因此|所以|于是|同时|例如|比如|但|不过|而且|并且|总之|其中|通常|一般|如果"
    "|当|第[一二三四五六七八九十]"
)
_CHINESE_STARTER = re.compile(rf"(?:{_ANNOUNCING})")
_REST_OF_A_WORD = re.compile(rf"(?!{_ANNOUNCING})[^，,。：:；;]{{1,4}}[，,。]")
_CHINESE_ENDS = re.compile(
    r"(?:的|或|及|而|其|更|很|不|未|即|如|若|于|之|这|那|各|每|被|把|将|是|以及|因为|由于|使|让"
    r"|(?<![饱总求之温权均加])和|(?<!参)与|(?<![存所])在|(?<![相绝应配])对|(?<!合)并|(?<![服遵])从|(?<!应)该|(?<!行)为)$"
)
_CHINESE_GOES_ON = re.compile(r"[，。、；：）】」》”]|的|们|了(?!解)|等[，。、]")
_OPENS_BOLD = re.compile(r"^[^*]*(?:\*\*[^*]+\*\*[^*]*)*(?<![A-Za-z0-9)])\*\*(?=[^\s*])[^*]*$")
_CLOSES_BOLD = re.compile(r"^[^*]*(?<=[^\s*])\*\*(?!\*)")
_OPENING = "(（“「《【"
_CLOSING = ")）”」》】"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of prose, taken apart."""

    text: str
    """As it reads, without the mark of a list."""
    raw: str
    """The same, its emphasis as written."""
    indent: int
    item: bool
    after_blank: bool
    before_blank: bool
    width: int = 0
    """Columns of the row as written."""
    body: int = 0
    """The column at which the text begins, behind the mark of a list."""
    mark: Importance | None = None
    """What the user's mark on the line says of all of it."""
    bold: tuple[str, ...] = ()
    """What is bold in it and may be a mark."""


@dataclass(frozen=True, slots=True)
class _Page:
    """What the lines of a paragraph have in common."""

    width: int
    """Columns of the widest line; 0 where the lines are no page."""
    body: int
    """The column at which its first line's text begins."""
    item: bool
    """Whether it is a list item with what goes on below it."""
    in_sentences: bool
    """Whether it ends its sentences with marks."""
    capitals: bool
    """Whether sentences in it begin with capitals."""


class _Break(Enum):
    """What the break between two lines is."""

    STAYS = 0
    JOINS = 1
    WRAPS = 2
    """It joins, and proves that the paragraph is wrapped."""
    MAY_WRAP = 3
    """It joins in a paragraph that is wrapped."""
    ENDS = 4
    """A sentence ends where a line does; it joins within a wrapped list item."""


def columns_of(text: str) -> int:
    """Return the columns that a text takes: two for each Chinese character."""
    if text.isascii():
        return len(text)
    return sum(1 + (unicodedata.east_asian_width(character) in "WF") for character in text)


def unwrap(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with those joined that were only broken to fit a page."""
    return [_joined(part) for paragraph in _paragraphs(lines) for part in _parts(paragraph)]


def _paragraphs(lines: Iterable[Line]) -> list[list[Line]]:
    """Return the lines in groups within which a statement may go on from one line to the next."""
    found: list[list[Line]] = []
    for line in lines:
        last = found[-1][-1] if found else None
        apart = last is None or line.item or line.after_blank or ends_marked(last.text)
        if apart or (begins_marked(line.text) and not (last and _SMALL_ENDS.search(last.text))):
            found.append([line])
        else:
            found[-1].append(line)
    return found


def _parts(paragraph: Sequence[Line]) -> list[list[Line]]:
    """Return the lines of a paragraph in groups, each of them one line as it was before it was broken."""
    if len(paragraph) == 1:
        return [[*paragraph]]
    breaks = _breaks(paragraph)
    joining = {_Break.JOINS, _Break.WRAPS}
    if _Break.WRAPS in breaks or _evenly(paragraph, breaks):
        joining |= {_Break.MAY_WRAP, _Break.ENDS} if paragraph[0].item else {_Break.MAY_WRAP}
    parts = [[paragraph[0]]]
    for line, kind in zip(paragraph[1:], breaks, strict=True):
        if kind in joining:
            parts[-1].append(line)
        else:
            parts.append([line])
    return parts


def _breaks(paragraph: Sequence[Line]) -> list[_Break]:
    page = _page_of(paragraph)
    opened = ""
    found: list[_Break] = []
    for line, following in pairwise(paragraph):
        opened = _opened("" if found[-1:] == [_Break.STAYS] else opened, line.text)
        closes = (opened and _closes(following.text)) or (
            _OPENS_BOLD.match(line.raw) and _CLOSES_BOLD.match(following.raw)
        )
        found.append(_Break.JOINS if closes else _break(page, line, following))
    return found


def _page_of(paragraph: Sequence[Line]) -> _Page:
    return _Page(
        width=0 if _is_ragged(paragraph) else max(line.width for line in paragraph),
        body=paragraph[0].body,
        item=paragraph[0].item,
        in_sentences=_tells_sentences(paragraph),
        capitals=any(_CAPITAL.search(line.text) for line in paragraph),
    )


def _break(page: _Page, line: Line, following: Line) -> _Break:
    """Return what the break between two lines of a paragraph is."""
    full = line.width >= _NARROW and _PAGE <= page.width <= _WIDEST_PAGE and _is_full(line, following, page.width)
    inner = full and following.indent <= max(line.body, page.body)
    coded = following.raw.startswith("`") and not (page.item or page.in_sentences or _SMALL_ENDS.search(line.text))
    small = following.text[0].islower() and not coded and not _is_wide(line.text[-1])
    ended = _ENDED.search(line.text) and not (small and _ABBREVIATED.search(line.text))
    if _is_labelled(following.text):
        return _Break.MAY_WRAP if inner and not ended else _Break.STAYS
    if line.text.endswith(_COMMA):
        return _Break.JOINS
    if ended or line.text.endswith((":", "：")):
        return _after_a_stop(page, line, inner=inner, small=small)
    chinese = count_cjk(line.text + following.text)
    judge = _before_a_small_letter if small else _in_chinese if chinese else _before_a_capital
    return judge(page, line, following, inner=inner)


def _after_a_stop(page: _Page, line: Line, *, inner: bool, small: bool) -> _Break:
    """Return what a break after a full stop, a colon or the like is."""
    if not inner:
        return _Break.STAYS
    if line.text.endswith((":", "：", ";")):
        return _Break.JOINS if small and page.item else _Break.MAY_WRAP
    return _Break.ENDS


def _before_a_small_letter(page: _Page, line: Line, following: Line, *, inner: bool) -> _Break:
    """Return what a break before a small letter is: one within a sentence, where sentences begin with capitals."""
    if line.width < _NARROW:
        return _Break.STAYS
    prose = page.capitals and language_of(line.text + following.text) == "en"
    hangs = page.item and following.indent <= page.body
    if prose or hangs or _SMALL_ENDS.search(line.text) or _SMALL_STARTS.match(following.text):
        return _Break.WRAPS
    if not inner:
        return _Break.STAYS
    return _Break.WRAPS if page.in_sentences else _Break.MAY_WRAP


def _before_a_capital(page: _Page, line: Line, following: Line, *, inner: bool) -> _Break:
    """Return what a break before a capital, a digit or a sign is: within a sentence only where more speaks for it."""
    if line.width >= _NARROW and _BEFORE_NAMES.search(line.text):
        return _Break.WRAPS
    if not inner or columns_of(line.text) < _NARROW or _NEW_SENTENCE.match(following.text):
        return _Break.STAYS
    goes_on = page.in_sentences and (_NAME.match(following.text) or len(sentences(line.text)) > 1)
    return _Break.WRAPS if page.item or goes_on else _Break.MAY_WRAP


def _in_chinese(page: _Page, line: Line, following: Line, *, inner: bool) -> _Break:
    """Return what a break in Chinese is: lines break within words, so that it is the width that speaks first."""
    if not inner or _CHINESE_STARTER.match(following.text):
        return _Break.STAYS
    rest = line.width in _CHINESE_PAGE and _REST_OF_A_WORD.match(following.text)
    goes_on = rest or _CHINESE_GOES_ON.match(following.text) or _CHINESE_ENDS.search(line.text)
    return _Break.WRAPS if goes_on or page.in_sentences or page.item else _Break.MAY_WRAP


def _evenly(paragraph: Sequence[Line], breaks: Sequence[_Break]) -> bool:
    """Whether so many lines in a row are so exactly of one width that they must have been wrapped."""
    at = [index for index, kind in enumerate(breaks) if kind is _Break.MAY_WRAP]
    if len(at) < _MANY or _Break.STAYS in breaks:
        return False
    page = max(line.width for line in paragraph)
    return all(_is_full(paragraph[index], paragraph[index + 1], page, slack=0) for index in at)


def _is_ragged(paragraph: Sequence[Line]) -> bool:
    """Whether a line within the paragraph breaks off short of its width and of a sentence: each is a note by itself."""
    page = max(line.width for line in paragraph)
    return any(
        not _ENDED.search(line.text)
        and not line.text.endswith((*_COMMA, ":", "："))
        and not _is_full(line, following, page)
        for line, following in pairwise(paragraph)
    )


def _is_full(line: Line, following: Line, page: int, *, slack: int = _SLACK) -> bool:
    """Whether the first word of the next line would not have fitted on this one."""
    return line.width + _is_apart(line.text, following.text) + _first_word(following.text) > page - slack


def _first_word(text: str) -> int:
    """Return the columns of what a line cannot be broken in: a word, or a Chinese character and the signs after it."""
    size = 1
    if not _is_wide(text[0]):
        while size < min(len(text), _LONG_WORD) and not text[size].isspace() and not _is_wide(text[size]):
            size += 1
    while size < len(text) and text[size] in "，。、；：！？）】」》”":
        size += 1
    return columns_of(text[:size])


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


def _is_labelled(text: str) -> bool:
    label, _ = label_of(text)
    return label is not None and length(label) <= _LABEL_LENGTH


def _tells_sentences(paragraph: Sequence[Line]) -> bool:
    """Whether a paragraph ends its sentences with marks, so that a line without one goes on."""
    if _ENDED.search(paragraph[-1].text):
        return True
    return len(paragraph) > 2 and any(len(sentences(line.text)) > 1 for line in paragraph[:-1])


def _opened(opened: str, text: str) -> str:
    """Return the brackets that are still open after a text."""
    for character in text:
        if character in _OPENING:
            opened += character
        elif character in _CLOSING:
            opened = opened[:-1]
    return opened


def _closes(text: str) -> bool:
    """Whether the first bracket in a text is a closing one."""
    return next((character in _CLOSING for character in text if character in _OPENING + _CLOSING), False)


def _joined(part: Sequence[Line]) -> Line:
    """Return lines as one; marks around words that were broken with them are found in the whole."""
    if len(part) == 1:
        return part[0]
    raw, text = part[0].raw, part[0].text
    for line in part[1:]:
        between = " " * _is_apart(text, line.text)
        raw, text = f"{raw}{between}{line.raw}", f"{text}{between}{line.text}"
    whole = plain(raw) if len(raw) <= WIDEST else text
    return replace(part[0], text=whole, raw=raw, before_blank=part[-1].before_blank)


def _is_apart(left: str, right: str) -> bool:
    """Whether a blank stands between two lines that are one: not in Chinese, and not behind a broken word."""
    if left.endswith(","):
        return True
    broken = left.endswith("-") and left[-2:-1].isalpha() and right[0].islower()
    return not (broken or _is_wide(left[-1]) or _is_wide(right[0]))
