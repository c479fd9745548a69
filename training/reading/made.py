"""Examples made from the marked questions by program: what is known without asking anybody.

The notes' own words cover a point, in any order of the points, with slips of the keyboard or a polite beginning; its
words in another order say nothing; another number is another statement.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

from training.reading.corpus import ABSENT, CONTRADICTED, COVERED, Example, Group, hard
from viva.text.normal import language_of
from viva.types import Language

_PIECE = re.compile(r"[A-Za-z0-9_]+|[\u4e00-\u9fff]{1,2}|\S")
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?![\w.])")
_OPENINGS = {
    "zh": ("我觉得", "嗯，", "这个问题的话，", "应该是", "据我所知，", "简单说，", "老师好，", "我记得是"),
    "en": ("I think ", "Well, ", "As far as I know, ", "So, basically, ", "Sure. ", "I would say ", "Hm, "),
}


def groups(question: dict[str, Any], others: list[str], rng: random.Random) -> Iterator[Group]:
    """What one pass learns from a question's points alone; `others` are points of other subjects."""
    points, lang = question["points"], question["lang"]
    yield (recited(question, rng),)
    place = rng.randrange(len(points))
    given = Example("", question["question"], points[place], hard(COVERED))
    with_number = another_number(points[place], rng)
    if with_number:
        yield said(given, spoken(points[place], lang, rng)), said(given, with_number, CONTRADICTED)
    turned = exchanged(points[place], rng.sample(texts_of(question, place), 6), rng)
    if turned and rng.random() < 0.5:
        yield (
            said(given, spoken(points[place], lang, rng)),
            replace(said(given, turned), target=EXCHANGED),
        )
    for denied in rng.sample(points, min(2, len(points))):
        if (false := negated(denied)) != denied:
            one = replace(given, point=denied, question="" if rng.random() < 0.3 else given.question)
            yield said(one, spoken(mistyped(denied, rng), lang, rng)), said(one, spoken(false, lang, rng), CONTRADICTED)
    if rng.random() < 0.25:
        yield (replace(said(given, taken_back(points[place], lang, rng)), target=TAKEN_BACK),)
    shuffled = shuffle(points[place], rng)
    if shuffled:
        yield (said(given, shuffled, ABSENT),)
    if rng.random() < 0.3:
        yield (said(given, rng.choice(others), ABSENT),)
    if rng.random() < 0.2:
        yield (said(given, question["question"], ABSENT),)


_TAKEN_BACK = {
    "zh": ("不对，", "等等，说错了，", "不，刚才那句是错的，", "我更正一下，上面说反了。", "其实不是这样。"),
    "en": (
        "No, wait, that is wrong. ",
        "Actually no, scrap that. ",
        "Sorry, that is not true. ",
        "No, it is the other way round. ",
    ),
}
TAKEN_BACK = (0.02, 0.03, 0.3, 0.65)
"""Of a point that is said and then taken back."""
EXCHANGED = (0.05, 0.1, 0.35, 0.5)
"""Of a point with two of its things exchanged: mostly its reverse, at times nonsense."""


def texts_of(question: dict[str, Any], place: int) -> list[str]:
    """What else is written of the question: its other points and all answers, with the question itself six at least."""
    others = [point for number, point in enumerate(question["points"]) if number != place]
    return [question["question"]] * 6 + others + [answer["text"] for answer in question["answers"]]


def exchanged(text: str, others: list[str], rng: random.Random) -> str | None:
    """The text with two of the things exchanged that others speak of too, or None where no two are found."""
    joined = "\n".join(others).lower()
    found = list(things(text, joined))
    pairs = [
        (one, other)
        for place, one in enumerate(found)
        for other in found[place + 1 :]
        if text[slice(*one)].lower() != text[slice(*other)].lower()
    ]
    if not pairs:
        return None
    (start, end), (later, last) = rng.choice(pairs)
    return text[:start] + text[later:last] + text[end:later] + text[start:end] + text[last:]


def things(text: str, joined: str) -> Iterator[tuple[int, int]]:
    """Where words of the text stand that the other texts have too: words of Latin letters, runs of Chinese ones."""
    place = 0
    while place < len(text):
        ends = _WORD.match(text, place)
        if ends and ends.end() - place > 3 and ends[0].lower() in joined:
            yield place, ends.end()
        if ends:
            place = ends.end()
            continue
        run = _CHINESE.match(text, place)
        most = min(run.end() - place, 6) if run else 0
        known = next((size for size in range(most, 1, -1) if text[place : place + size] in joined), 0)
        if known:
            yield place, place + known
        place += known or 1


def said(given: Example, answer: str, label: int = COVERED) -> Example:
    """The point of the example beside this answer."""
    return Example(answer, given.question, given.point, hard(label))


def recited(question: dict[str, Any], rng: random.Random) -> Example:
    """Some of the points in their own words and another order, and one point that may be among them."""
    points, lang = question["points"], question["lang"]
    spoken_of = rng.sample(range(len(points)), rng.randint(1, len(points)))
    joint = rng.choice(("，", "；", "。", " ")) if lang == "zh" else rng.choice((", ", "; ", ". ", " and "))
    answer = joint.join(points[place] for place in spoken_of)
    silent = [place for place in range(len(points)) if place not in spoken_of]
    place = rng.choice(silent) if silent and rng.random() < 0.25 else rng.choice(spoken_of)
    label = COVERED if place in spoken_of else ABSENT
    answer = mistyped(answer, rng) if rng.random() < 0.5 else answer
    return Example(spoken(answer, lang, rng), question["question"], points[place], hard(label))


def spoken(text: str, lang: str, rng: random.Random) -> str:
    """The text, now and then with a polite beginning."""
    return rng.choice(_OPENINGS[lang]) + text if rng.random() < 0.3 else text


def taken_back(text: str, lang: str, rng: random.Random) -> str:
    """The text and a word that it is wrong."""
    joint = "。" if lang == "zh" else ". "
    return spoken(text, lang, rng).rstrip("。.") + joint + rng.choice(_TAKEN_BACK[lang]).strip()


def mistyped(text: str, rng: random.Random, rate: float = 0.04) -> str:
    """The text with a few letters dropped, doubled or exchanged with the next; figures and signs stay."""
    letters = list(text)
    for place in range(len(letters) - 1):
        here, after = letters[place], letters[place + 1]
        if not (here.isalpha() and after.isalpha()) or rng.random() > rate:
            continue
        slip = rng.randrange(3)
        if slip == 0:
            letters[place] = ""
        elif slip == 1:
            letters[place], letters[place + 1] = after, here
        elif here.isascii():
            letters[place] = here + here
    return "".join(letters)


def shuffle(text: str, rng: random.Random) -> str | None:
    """The words in an order that keeps none of their neighbours, or None where there are too few."""
    pieces = _PIECE.findall(text)
    if len(pieces) < 5:
        return None
    for _ in range(20):
        order = rng.sample(range(len(pieces)), len(pieces))
        if not any(b - a == 1 for a, b in pairwise(order)):
            joint = "" if sum(not piece.isascii() for piece in pieces) > len(pieces) / 2 else " "
            return joint.join(pieces[place] for place in order)
    return None


def another_number(text: str, rng: random.Random) -> str | None:
    """The text with one of its numbers changed, or None where it has none."""
    numbers = list(_NUMBER.finditer(text))
    if not numbers:
        return None
    found = rng.choice(numbers)
    value = float(found[0])
    others = [value * 2, value * 10, value + 1, max(value - 1, 0), value / 2, value + 3]
    shown = [f"{other:g}" for other in others if other != value and (value % 1 or other % 1 == 0)]
    return text[: found.start()] + rng.choice(shown) + text[found.end() :] if shown else None


def negated(text: str) -> str:
    """The text with its first verb denied, as a program can do it; unchanged where it finds none."""
    if language_of(text) == "zh":
        return _VERB["zh"].sub("不", text, count=1)
    return _VERB["en"].sub(lambda verb: f"{verb.group()} not", text, count=1)


_VERB: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(r"(?<![不没无未])(?=会|能|可以|需要|是|使用|用|让|把)"),
    "en": re.compile(r"(?<=\b)(?:is|are|can|will|must|should)\b(?! not)"),
}
