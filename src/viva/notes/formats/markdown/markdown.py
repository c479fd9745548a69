"""Markdown: headings with their text, and the questions people put below headings in other ways.

markdown-it-py tells which lines are headings of the document (and which only look like it, in code or quotes); the text
itself is taken from the lines as they are, so that every entry knows its lines and shows what was written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from viva.notes.blocks import prose_lines
from viva.notes.formats.asked import parse_asked
from viva.notes.formats.markdown.cards import SCHEDULE, parse_cards
from viva.notes.formats.markdown.folds import parse_callouts, parse_details, without_callouts
from viva.notes.formats.markdown.tags import front_matter, tags_in, without_tags
from viva.notes.formats.markdown.verbatim import Verbatim, parse_verbatim
from viva.notes.formats.numbered import parse_numbered
from viva.notes.formats.tables import parse_markdown_tables
from viva.notes.markers import looks_like_question, mark_of
from viva.notes.raw import RawEntry, answer_of, without_answer_mark

if TYPE_CHECKING:
    from collections.abc import Sequence

_ATX = re.compile(r"^ {0,3}#{1,6}[ \t]+\S")
_EMPHASIS = re.compile(r"^(\*\*|__)(.+)\1$")


@dataclass(frozen=True, slots=True)
class _Section:
    """A heading with the lines below it, up to the next heading of any level."""

    level: int
    """1 to 6; 0 for the text above the first heading."""
    title: str
    number: str | None
    tags: tuple[str, ...]
    start: int
    """Row of the heading."""
    body: int
    """First row below the heading."""
    stop: int


def recognises(lines: Sequence[str]) -> bool:
    """Whether a file of another suffix is Markdown: front matter, or a heading with text right above numbered lines."""
    if lines and lines[0].strip() == "---" and any(line.strip() == "---" for line in lines[1:60]):
        return True
    return sum(1 for line in lines if _ATX.match(line)) >= 2 or any("<details" in line for line in lines)


def parse_markdown(lines: Sequence[str]) -> list[RawEntry]:
    """Return the questions of a Markdown file in order."""
    common, start = front_matter(lines)
    kept = parse_verbatim(lines)
    rows = [""] * start + [SCHEDULE.sub("", line) for line in lines[start:]]
    for each in kept:
        rows[each.start : each.stop] = [""] * (each.stop - each.start)
    sections = _sections(rows)
    common = (*common, *_loose_tags(rows, sections[0]))
    found = [_tagged(entry, common) for entry in _all_sections(rows, sections, [each.start for each in kept])]
    if not kept:
        return found
    asking = {entry.line for entry in found}
    placed = [
        _under_headings(each, [head for head in sections if head.start + 1 not in asking], common) for each in kept
    ]
    return sorted([*found, *placed], key=lambda entry: entry.line)


def _under_headings(each: Verbatim, sections: list[_Section], common: tuple[str, ...]) -> RawEntry:
    """Return a question between comments with headings and tags; `sections` are those of topics."""
    path: list[_Section] = []
    for section in sections:
        if section.start > each.start:
            break
        path = [*(above for above in path if above.level < section.level), section]
    tags = (*common, *(tag for above in path for tag in above.tags), *each.entry.tags)
    headings = tuple(above.title for above in path if above.level)
    return replace(each.entry, headings=headings, tags=tuple(dict.fromkeys(tags)))


def _sections(rows: list[str]) -> list[_Section]:
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark", {"maxNesting": 50}).enable("table").disable("inline").parse("\n".join(rows))
    heads = [
        (token.map[0], token.map[1], int(token.tag[1]), tokens[index + 1].content)
        for index, token in enumerate(tokens)
        if token.type == "heading_open" and token.level == 0 and token.map
    ]
    stops = [*(head[0] for head in heads), len(rows)]
    sections = [_Section(0, "", None, (), 0, 0, stops[0])]
    for (start, body, level, content), stop in zip(heads, stops[1:], strict=True):
        if not rows[start].lstrip().startswith("#") and not _underlined(rows, start, body):
            # A list item or a sentence above `---` is a rule for people, a heading for the standard only.
            last = sections[-1]
            sections[-1] = replace(last, stop=stop)
            continue
        title, number = _title(content)
        sections.append(_Section(level, title, number, tags_in(title), start, body, stop))
    return [replace(section, title=without_tags(section.title)) for section in sections]


def _underlined(rows: list[str], start: int, body: int) -> bool:
    """Whether a heading by underlining is meant as one: a single line of title length."""
    return (
        body - start == 2
        and len(rows[start]) <= 80
        and rows[start].strip()[-1:] not in "。.，,；;：:"
        and not mark_of(rows[start])
    )


def _title(content: str) -> tuple[str, str | None]:
    text = " ".join(content.split())
    found = _EMPHASIS.match(text)
    text = found.group(2).strip() if found else text
    mark = mark_of(text)
    if mark is not None and not mark.weak and mark.style != "bare":
        return mark.text, mark.number
    several = re.match(r"^(\d+(?:\.\d+)+)[.、)]?\s+(\S.*)$", text)
    return (several.group(2), several.group(1)) if several else (text, None)


def _all_sections(rows: list[str], sections: list[_Section], kept: Sequence[int]) -> list[RawEntry]:
    """Return the questions of all sections; in the rows `kept` others stand, which make the headings above topics."""
    found: list[RawEntry] = []
    path: list[_Section] = []
    skip_to = 0
    for index, section in enumerate(sections):
        if section.start < skip_to:
            continue
        path = [above for above in path if above.level < section.level]
        headings = tuple(above.title for above in path if above.level)
        below = _below(sections, index) if section.level else []
        asks = section.number is not None or looks_like_question(section.title)
        inside = _inside(rows, section, asked=asks)
        if inside:
            here = (*headings, section.title) if section.level else ()
            tags = (*(tag for above in path for tag in above.tags), *section.tags)
            if asks and (led := _led_by(rows, section, inside[0], headings)) is not None:
                found.append(replace(led, tags=tags))
            found.extend(
                replace(entry, headings=(*here, *entry.headings), tags=(*tags, *entry.tags)) for entry in inside
            )
        elif section.level:
            end = below[-1].stop if below else section.stop
            holds = any(section.start < row < end for row in kept)
            whole = asks and bool(below) and not holds and not any(_asks(rows, sub) for sub in below)
            stop = end if whole else section.stop
            entry = _heading_entry(rows, section, stop, headings, leaf=whole or not (below or holds))
            if entry is not None:
                inherited = tuple(tag for above in path for tag in above.tags)
                found.append(replace(entry, tags=(*inherited, *entry.tags)))
            skip_to = stop if whole else 0
        path.append(section)
    return found


def _led_by(rows: list[str], section: _Section, first: RawEntry, headings: tuple[str, ...]) -> RawEntry | None:
    """Return the question of a heading that is answered above the cards below it; None where nothing stands there."""
    entry = _heading_entry(rows, section, first.line - 1, headings, leaf=True)
    return entry if entry is not None and entry.answer else None


def _asks(rows: list[str], section: _Section) -> bool:
    """Whether a section asks, in its heading or below it."""
    return bool(section.number or looks_like_question(section.title) or _inside(rows, section, asked=False))


def _below(sections: list[_Section], index: int) -> list[_Section]:
    """Return the sections under the headings of section `index`."""
    found: list[_Section] = []
    for section in sections[index + 1 :]:
        if section.level <= sections[index].level:
            break
        found.append(section)
    return found


def _heading_entry(
    rows: list[str], section: _Section, stop: int, headings: tuple[str, ...], *, leaf: bool
) -> RawEntry | None:
    """Return the heading as a question, its text as the answer; None for a title and a heading that only groups."""
    asks = section.number is not None or looks_like_question(section.title)
    answer, last = answer_of(rows, section.body, stop)
    answer = without_answer_mark(answer)
    if not any(character.isalnum() for character in answer):
        answer, last = "", None
    introduces = not leaf and (section.level == 1 or not headings)
    if not section.title or (not asks and (last is None or introduces)):
        return None
    if asks and last is None and not leaf:
        return None
    line, end = section.start + 1, (last if last is not None else section.start) + 1
    return RawEntry(section.title, answer, line, end, section.number, headings, section.tags, explicit=asks)


def _inside(rows: list[str], section: _Section, *, asked: bool) -> list[RawEntry]:
    """Return the questions written in the text below a heading, in whichever way most of them are."""
    body, first = rows[section.body : section.stop], section.body + 1
    called, half = parse_callouts(body, first_line=first), sum(1 for row in body if row.strip()) / 2
    few = asked and sum(c.end_line - c.line + 1 for c in called) <= half
    cards = parse_cards(without_callouts(body, called, first_line=first), first_line=first)
    if asked and len(cards) <= half and all(c.line == c.end_line for c in cards):
        cards = []  # `Eigen::Matrix` in the answer of a heading that asks
    if few and not cards:
        called = []  # a callout in the answer of a heading that asks
    tables = parse_markdown_tables(body, first_line=first)
    marked = parse_details(body, first_line=first) + tables + called + cards
    if marked:
        return sorted(marked, key=lambda entry: entry.line)
    listed = parse_numbered(body, first_line=first)
    if listed and _asks_by_list(listed, body, first, section, asked=asked):
        return listed
    return [] if asked else parse_asked(body, first_line=first)


def _asks_by_list(listed: list[RawEntry], body: list[str], first: int, section: _Section, *, asked: bool) -> bool:
    """Whether a numbered list holds questions and is not itself the answer to its heading."""
    asking = sum(looks_like_question(entry.question) for entry in listed)
    marks = sum(entry.question.rstrip().endswith(("?", "？")) for entry in listed)
    answered = sum(bool(entry.answer) for entry in listed)
    if asked:
        return marks * 2 > len(listed)
    starts = next((i for i, row in enumerate(body) if row.strip()), 0) + first
    leads = listed[0].line == starts or bool(listed[0].headings)
    if section.level == 0 and len(listed) > 1:
        return leads or asking * 2 >= len(listed)
    return asking * 2 >= len(listed) or (leads and answered * 2 > len(listed) and section.level <= 2)


def _loose_tags(rows: list[str], top: _Section) -> tuple[str, ...]:
    """Return tags that stand on a line of their own above the first heading: they hold for the whole file."""
    lines = [row for row in rows[: top.stop] if row.strip()]
    return tuple(tag for row in lines if not without_tags(row).strip() for tag in tags_in(row))


def _tagged(entry: RawEntry, common: tuple[str, ...]) -> RawEntry:
    written = [tag for row in prose_lines(entry.answer.split("\n")) for tag in tags_in(row)]
    tags = tuple(dict.fromkeys([*common, *entry.tags, *tags_in(entry.question), *written]))
    return replace(entry, question=without_tags(entry.question) or entry.question, tags=tags)
