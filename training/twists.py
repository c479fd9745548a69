"""Sentences said otherwise and sentences turned round, to learn contradiction from.

Otherwise: synonyms that share a gloss of the dictionary and lie near each other, fillers, a word left out. Round: the
flips of `training.flips`, another number, two words that change places.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from training.flips import flipped
from training.sources import Parallel, is_chinese
from viva.semantics.polarity import PAIRS
from viva.text.segment import clauses

Synonyms = Mapping[str, Sequence[str]]
"""For each word, words that may stand in its place."""
Kindred = Callable[[str, Sequence[str]], Sequence[str]]
"""Keeps of the given words those that lie near the first one."""

_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?![\w.])|[一二三四五六七八九十两](?=[个种次层步倍类条张])")
_CHINESE_NUMBERS = "一二三四五六七八九十"
_NUMBERS = ("0", "1", "2", "3", "4", "5", "8", "10", "16", "32", "64", "100", "1000")
_ENGLISH_WORD = re.compile(r"[A-Za-z][A-Za-z\-]{3,}")
_WORD = re.compile(r"[\u4e00-\u9fffA-Za-z]{2,}")
_LIST = re.compile(r"(?:,|，|、|和|与|及|或|以及|/|\band\b|\bor\b|\s)*")
_STOP = re.compile(r"[,，、。.;；:：]")
_EDGES = " ,，.。;；:：、"
_FILLERS = {
    True: ("其实", "一般来说", "我觉得", "主要是", "就是", "也就是说", "大概"),
    False: ("basically", "in general", "I think", "that is", "so", "mainly"),
}
_MOST_SHARING = 12
"""Words under one gloss; a gloss of more is too general to make synonyms."""
_WORDS_TO_SPARE = 5


def synonyms(dictionary: Sequence[Parallel], opposites: Mapping[str, str], kindred: Kindred) -> dict[str, list[str]]:
    """Return what may stand for what: words under one gloss, and the direction words of one side of `polarity`."""
    found: dict[str, set[str]] = defaultdict(set)
    for word, others in [*_by_gloss(dictionary), *_glosses(dictionary)]:
        found[word] |= {other for other in others if other != word and opposites.get(word) != other}
    near = {word: set(kindred(word, sorted(others))) for word, others in found.items() if others}
    for side in _sides():
        for word in side:
            near.setdefault(word, set()).update(
                other for other in side if other != word and (word.isascii() or len(other) == len(word))
            )
    return {word: sorted(others) for word, others in near.items() if others}


def _sides() -> Iterator[list[str]]:
    """Yield the plain words of each side of the direction pairs, which are patterns."""
    for pair in PAIRS:
        for side in pair:
            yield [word for word in re.sub(r"\(\?:[^)]*\)", "#", side).split("|") if word.isalpha()]


def _by_gloss(dictionary: Sequence[Parallel]) -> Iterator[tuple[str, set[str]]]:
    """Yield Chinese words of two characters with those that share a gloss."""
    words: dict[str, set[str]] = defaultdict(set)
    for row in dictionary:
        for gloss in _parts(row.en):
            if len(row.zh) == 2:
                words[gloss].add(row.zh)
    for group in words.values():
        if 2 <= len(group) <= _MOST_SHARING:
            yield from ((word, group) for word in group)


def _glosses(dictionary: Sequence[Parallel]) -> Iterator[tuple[str, set[str]]]:
    """Yield English words with those that gloss two or more of the same Chinese words."""
    words: dict[str, set[str]] = defaultdict(set)
    for row in dictionary:
        words[row.zh] |= {gloss for gloss in _parts(row.en) if re.fullmatch(r"[a-z]{3,}", gloss)}
    together = Counter(
        (one, other)
        for group in words.values()
        if 2 <= len(group) <= 4
        for one in group
        for other in group
        if one != other
    )
    yield from ((one, {other}) for (one, other), count in together.items() if count > 1)


def _parts(glosses: str) -> list[str]:
    return [re.sub(r"^to ", "", gloss.strip()).lower() for gloss in glosses.split("; ")]


def otherwise(text: str, words: Synonyms, rng: random.Random) -> str:
    """Return the sentence in slightly other words: up to two synonyms, a filler before it, or one word of many less."""
    for chance in (0.5, 0.15):
        if rng.random() < chance:
            text = _with_synonym(text, words, rng)
    way = rng.random()
    if way < 0.3:
        chinese = is_chinese(text)
        return f"{rng.choice(_FILLERS[chinese])}{'' if chinese else ' '}{text}"
    places = _spans(text)
    if way < 0.5 and len(places) >= _WORDS_TO_SPARE:
        start, end = rng.choice(places)
        return text[:start] + text[end:]
    return text


def _with_synonym(text: str, words: Synonyms, rng: random.Random) -> str:
    places = [(start, end) for start, end in _pieces(text) if text[start:end].lower() in words]
    if not places:
        return text
    start, end = rng.choice(places)
    return text[:start] + rng.choice(words[text[start:end].lower()]) + text[end:]


def turned(text: str, opposites: Mapping[str, str], rng: random.Random) -> str | None:
    """Return the sentence saying something else: a flip most of the time, else another number or two words swapped."""
    ways: list[Callable[[], str | None]] = [
        lambda: flipped(text, opposites, rng),
        lambda: _renumbered(text, rng),
        lambda: _swapped(text, rng),
    ]
    first = rng.choices(ways, (0.75, 0.1, 0.15))[0]
    return first() or ways[0]()


def _renumbered(text: str, rng: random.Random) -> str | None:
    found = list(_NUMBER.finditer(text))
    if not found:
        return None
    match = rng.choice(found)
    choice = _NUMBERS if match.group()[0].isdigit() and match.group().isascii() else _CHINESE_NUMBERS
    other = rng.choice([number for number in choice if number != match.group()])
    return text[: match.start()] + other + text[match.end() :]


def _swapped(text: str, rng: random.Random) -> str | None:
    """Return the text with two words in each other's place, unless only a list or a comma stands between them."""
    places = _spans(text)
    for _ in range(4):
        if len(places) < 2:
            return None
        first = rng.randrange(len(places) - 1)
        (a, b), (c, d) = places[first], places[min(len(places) - 1, first + rng.choice((1, 1, 2, 2, 3)))]
        between = text[b:c]
        if text[a:b].lower() != text[c:d].lower() and not _LIST.fullmatch(between) and not _STOP.search(between):
            return text[:a] + text[c:d] + between + text[a:b] + text[d:]
    return None


def part_of(text: str, rng: random.Random) -> str:
    """Return one clause of the text, or all of it."""
    found = parts(text)
    return rng.choice(found) if found else text


def parts(text: str) -> list[str]:
    """Return the clauses that are long enough to say something."""
    found = [clause.strip(_EDGES) for clause in clauses(text)]
    return [clause for clause in found if len(clause) >= (6 if is_chinese(clause) else 15)]


def _spans(text: str) -> list[tuple[int, int]]:
    """Return the places of words that carry meaning: two characters or four letters at least."""
    if is_chinese(text):
        return [(start, end) for start, end in _pieces(text) if _WORD.fullmatch(text[start:end])]
    return [match.span() for match in _ENGLISH_WORD.finditer(text)]


def _pieces(text: str) -> list[tuple[int, int]]:
    if not is_chinese(text):
        return [match.span() for match in re.finditer(r"[A-Za-z]+", text)]
    import rjieba

    found, place = [], 0
    for word in rjieba.cut(text):
        found.append((place, place + len(word)))
        place += len(word)
    return found
