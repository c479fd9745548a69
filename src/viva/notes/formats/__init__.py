"""The formats notes come in, one module each; which one a file has is told by its content, helped by its suffix."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from viva.notes.formats.numbered import parse_numbered, parse_subnumbered
from viva.notes.raw import Parsed, split_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from viva.notes.raw import RawEntry

MARKDOWN = frozenset({".md", ".markdown", ".mdown", ".mkd"})
TABLES = frozenset({".csv", ".tsv", ".tab"})
LINES = frozenset({".jsonl", ".ndjson"})
PACKAGES = frozenset({".apkg", ".colpkg"})
"""Anki packages: no text, so that `anki.package` reads their bytes."""
SUFFIXES = frozenset({".txt", ".text"}) | MARKDOWN | TABLES | LINES | PACKAGES
"""Suffixes that are read inside a folder; a file that is given by name is read whatever its suffix."""

_DELIMITERS = "\t,;，|"
"""A first line without any of these heads no table."""
_OF_MARKDOWN = ("#", "---")
_PARTS = frozenset({"?", "??", "？", "？？", "?？", "？?"})
_ASKS = ("Q", "q", "问", "题", "提问")


def parse(text: str, suffix: str) -> Parsed:
    """Return the questions of a file in order; empty when it holds none.

    Args:
        text: The whole file.
        suffix: Suffix of its name, lower case, with the dot; it only decides where the content leaves a choice.
    """
    parsed = _parsed(text, suffix)
    asking = (replace(entry, question=_bare_bold(entry.question)) for entry in parsed.entries)
    return replace(parsed, entries=tuple(e for e in asking if any(character.isalnum() for character in e.question)))


def _bare_bold(question: str) -> str:
    """Return a question without the marks that make all of it bold."""
    for mark in ("**", "__"):
        if len(question) > 4 and question.startswith(mark) and question.endswith(mark) and question.count(mark) == 2:
            return question[2:-2].strip()
    return question.strip()


def _parsed(text: str, suffix: str) -> Parsed:
    """Choose the format; each module is loaded when its format is met, because its patterns cost time at start."""
    lines = split_lines(text)
    if lines[0].startswith("#"):
        from viva.notes.formats.anki import text as anki_text

        if anki_text.recognises(lines):
            return anki_text.parse_anki(lines)
    first = next((line for line in lines if line.strip()), "")
    if suffix in LINES or first.lstrip().startswith("{"):
        from viva.notes.formats import json_lines

        if json_lines.recognises(lines, sure=suffix in LINES):
            return json_lines.parse_json_lines(lines)
    if suffix in MARKDOWN:
        from viva.notes.formats.markdown import markdown

        return Parsed(tuple(markdown.parse_markdown(lines)))
    if suffix in TABLES or any(mark in first for mark in _DELIMITERS):
        from viva.notes.formats import tables

        if suffix in TABLES or tables.recognises(lines):
            return tables.parse_table(lines, suffix)
    return Parsed(tuple(_plain_text(lines)))


def _plain_text(lines: Sequence[str]) -> list[RawEntry]:
    """Return the questions of plain text: whichever of numbered lines, flashcards and headings explains more of it."""
    numbered = parse_subnumbered(lines) or parse_numbered(lines)
    marked = _cards(lines)
    if len(marked) >= len(numbered) and marked:
        return marked
    if any(line.lstrip(" ").startswith(_OF_MARKDOWN) or "<details" in line for line in lines):
        from viva.notes.formats.markdown import markdown

        if markdown.recognises(lines):
            sections = markdown.parse_markdown(lines)
            if len(sections) > len(numbered) or not numbered:
                return sections
    if numbered:
        return numbered
    from viva.notes.formats import asked

    return asked.parse_asked(lines)


def _cards(lines: Sequence[str]) -> list[RawEntry]:
    if any("[!" in line for line in lines):
        from viva.notes.formats.markdown import folds

        called = folds.parse_callouts(lines)
        if called:
            others = _cards(folds.without_callouts(lines, called))
            return sorted([*called, *others], key=lambda entry: entry.line)
    if not any(_may_be_card(line) for line in lines):
        return []
    from viva.notes.formats.markdown import cards

    return cards.parse_cards(lines)


def _may_be_card(line: str) -> bool:
    """Whether `cards` has to look: true for every line that may mark a card, and for a few others."""
    if "::" in line or "：：" in line or "<!--" in line:
        return True
    text = line.strip().lstrip(" \t>-*+_")
    return text in _PARTS or (text.startswith(_ASKS) and (":" in text or "：" in text))
