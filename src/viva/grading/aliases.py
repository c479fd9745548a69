"""Names of one thing, by the brackets in a user's own notes: "转置卷积（反卷积）", "Region Proposal Network (RPN)".

An answer that uses another of these names is read as if it used the one of the note.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from viva.text.normal import count_cjk, normalise
from viva.text.terms import is_function_word, stem

_WORDS = re.compile(r"[A-Za-z][A-Za-z0-9+#]*(?:[ -][A-Za-z0-9][A-Za-z0-9+#]*)*")
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9+#]*")
_CHINESE = "\u3400-\u4dbf\u4e00-\u9fff"
_ENGLISH_BRACKET = re.compile(r"((?:[A-Za-z][a-z]*[ -]){1,5}[A-Za-z][a-z]*)\s*[（(]([A-Z][A-Za-z0-9]{1,7}?)s?[)）]")
_CHINESE_BRACKET = re.compile(
    rf"(?<![{_CHINESE}\w])([{_CHINESE}]{{2,8}})\s*[（(]([A-Za-z][A-Za-z0-9 -]{{1,40}}|[{_CHINESE}]{{2,8}})[)）]"
)
_FUNCTION = frozenset("的了是在和与或及而就都也不没")
_MIXED = re.compile(rf"[A-Za-z0-9{_CHINESE}]+")
_PLURAL = re.compile(r"(?<=[A-Z])s$")
_MOST_WORDS = 6
_MOST_CHARACTERS = 16


@dataclass(frozen=True, slots=True)
class Aliases:
    """Things by each of their names."""

    things: Mapping[str, frozenset[int]] = field(default_factory=dict)
    """The things that a name stands for, by `_key`."""
    initials: frozenset[str] = frozenset()
    """The first characters of the names, so that few places of a text are looked at."""

    @classmethod
    def of(cls, texts: Iterable[str] = ()) -> Aliases:
        """Return the names that stand in brackets in the texts."""
        things: dict[str, frozenset[int]] = {}
        for number, group in enumerate(bracketed(texts)):
            for name in group:
                key = _key(name)
                things[key] = things.get(key, frozenset()) | {number}
        return cls(things, frozenset(key[0].lower() for key in things if key))

    def normalizer(self, reference: str) -> AliasNormalizer:
        """Return how to name things in the words of a reference text."""
        preferred: dict[int, str] = {}
        present = set()
        for name, key, _ in _spans(reference, self):
            present.add(key)
            for thing in self.things[key]:
                preferred.setdefault(thing, name)
        return AliasNormalizer(self, preferred, frozenset(present))


@dataclass(frozen=True, slots=True)
class AliasNormalizer:
    """Names things in a text by the names that a reference has for them."""

    aliases: Aliases
    preferred: Mapping[int, str]
    """How the reference names each thing that it names."""
    present: frozenset[str]
    """Keys of the names that stand in the reference: they stay as they are."""

    def apply(self, text: str) -> str:
        """Return the text with other names of those things replaced."""
        if not self.preferred:
            return text
        kept, end = [], 0
        for name, key, start in _spans(text, self.aliases):
            things = sorted(self.aliases.things[key])
            preferred = next((self.preferred[thing] for thing in things if thing in self.preferred), "")
            if preferred and key not in self.present:
                kept += [text[end:start], preferred]
                end = start + len(name)
        return "".join([*kept, text[end:]])


def bracketed(texts: Iterable[str]) -> list[tuple[str, str]]:
    """Return what stands before a bracket with what stands in it, where both name one thing.

    English words with their initials; a Chinese term with its English name, or with a Chinese one that shares two
    characters with it: other brackets hold remarks.
    """
    found: dict[tuple[str, str], None] = {}
    for text in texts:
        for long, short in _ENGLISH_BRACKET.findall(text):
            words = long.replace("-", " ").split()[-len(short) :]
            if "".join(word[0] for word in words).lower() == short.lower():
                found[" ".join(words), short] = None
        for term, other in _CHINESE_BRACKET.findall(text):
            if not _FUNCTION.intersection(term + other) and (not count_cjk(other) or _pairs(term) & _pairs(other)):
                found[term, other.strip()] = None
    return list(found)


def _pairs(text: str) -> set[str]:
    return {text[start : start + 2] for start in range(len(text) - 1)}


@lru_cache(maxsize=4096)
def _key(name: str) -> str:
    """Return the form that names are compared in: lower case, words without endings, hyphens as blanks.

    An abbreviation that is also a common word keeps its capitals: "IN" is instance normalization, "in" is not.
    """
    if count_cjk(name):
        return normalise(name)
    words = _WORD.findall(name)
    if len(words) == 1 and is_function_word(words[0].lower()):
        return name
    return " ".join(stem(_PLURAL.sub("", word).lower()).removesuffix("e") for word in words)


def _spans(text: str, aliases: Aliases) -> list[tuple[str, str, int]]:
    """Return the names in a text with their keys and places, from left to right, the longest at each place."""
    found = [*_english(text, aliases), *_chinese(text, aliases)]
    taken: list[tuple[str, str, int]] = []
    end = 0
    for name, key, start in sorted(found, key=lambda one: (one[2], -len(one[0]))):
        if start >= end:
            taken.append((name, key, start))
            end = start + len(name)
    return taken


def _english(text: str, aliases: Aliases) -> Iterator[tuple[str, str, int]]:
    for run in _WORDS.finditer(text):
        words = list(_WORD.finditer(run.group()))
        for first, begin in enumerate(words):
            if begin.group()[0].lower() not in aliases.initials:
                continue
            for last in words[first : first + _MOST_WORDS]:
                name = run.group()[begin.start() : last.end()]
                if (key := _key(name)) in aliases.things:
                    yield name, key, run.start() + begin.start()


def _chinese(text: str, aliases: Aliases) -> Iterator[tuple[str, str, int]]:
    for run in _MIXED.finditer(text):
        if not count_cjk(run.group()):
            continue
        lowered = run.group().lower()
        for start in (place for place, first in enumerate(lowered) if first in aliases.initials):
            for end in range(start + 2, min(len(lowered), start + _MOST_CHARACTERS) + 1):
                if (key := lowered[start:end]) in aliases.things and count_cjk(key):
                    yield run.group()[start:end], key, run.start() + start
