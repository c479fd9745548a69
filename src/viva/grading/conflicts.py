"""Conflicts: whether a clause gives another number or another formula than a statement does, of the same thing.

"3 gates" and "4 gates" lie side by side for the vectors, and so do "(n+2p-f)/s+1" and "(n+p-f)/s+1". A number belongs
to the noun after it, or to the letter before its equals sign; a formula to the letters that it is made of. Both are
compared by value, and a ratio of two things by which is over which. Where either side names a range, an order or an
estimate, nothing is said.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from viva.grading.formulas import are_equal, symbols
from viva.grading.quantities import spellings
from viva.text.terms import formula_spelling, is_function_word, stem, terms, with_plain_marks

_WORDS = {
    **{word: str(value) for value, word in enumerate("two three four five six seven eight nine ten".split(), 2)},  # noqa: SIM905
    **{word: str(value) for value, word in enumerate("二三四五六七八九十", 2)},
    "两": "2",
}
"""Number words; "one" and 一 are articles more often than numbers."""
_ANY_WORD = "|".join(word for word in _WORDS if word.isascii())
_LOOSE = re.compile(
    r"(?:第|超过|大于|小于|多于|少于|不足|至少|至多|最多|最少|约|大约|近|几|前|后|每|十|百|千|[a-z]\s?-|=|\d\s?[x*/^.,:+-]"
    r"|over|under|than|least|most|about|around|nearly|up to|first|last|each|every|per)\s*$"
)
_DIGITS = r"\d+(?:\.\d+)?"
_NUMBER = (
    rf"(?P<number>{_DIGITS}(?:\s?\*\s?{_DIGITS})*|(?:{_ANY_WORD})(?![a-z])"
    "|[两二三四五六七八九十](?![一二三四五六七八九十]))"
)
_RANGE = re.compile(r"\s*(?:[-~～—–到至]|to|or|或)\s*\d|\s*[多余几]|\s*以[上下内]")
_COUNTED = re.compile(
    rf"(?<![a-z\d_.]){_NUMBER}"
    r"(?:\s*[个种类项条点大]?\s*(?P<chinese>[\u4e00-\u9fff]{1,2})|[\s-]+(?P<english>[a-z]{2,}))"
)
_ASSIGNED = re.compile(
    r"(?<![a-z\d])(?P<letter>[a-zα-ω]{1,8})\s*(?:=|设?为|取)\s*(?P<value>\d+(?:\.\d+)?)(?![\d.]*[a-z\d^/*(+-])"
)
_ATOM = r"(?:\d+(?:\.\d+)?[a-z]{0,2}|[a-z]{1,2})(?![a-z\d])"
_EXPRESSION = re.compile(rf"(?<![a-z\d_.])[(\s]*{_ATOM}(?:[)\s]*(?:[+\-*/^]|(?<=\))\s*(?=\())[(\s]*-?{_ATOM})+[)\s]*")
_OPERAND = re.compile(
    rf"(?P<operator>乘以|乘上|除以|multiplied by|divided by|times)\s*(?P<operand>{_EXPRESSION.pattern}|{_ATOM})"
)
_SIDE = r"[\u4e00-\u9fff]{1,8}|[a-z]{2,}"
_RATIO = re.compile(rf"({_SIDE})\s*(?:/|除以|比上|divided by)\s*(?:the\s+)?({_SIDE})")
_LISTED = re.compile(r"[①-⑳❶-❿]")
"""Numbers of a list: they are no numbers of the subject."""
_SHARED_LETTERS = 2
_SAME_MATTER = 0.6
"""Share of the words of a statement from which on a clause is about the same matter."""
_ANY_NUMBER = re.compile(rf"(?<![\d.])(?:{_DIGITS}(?:\s?\*\s?{_DIGITS})*|\b(?:{_ANY_WORD})\b|[两二三四五六七八九十])")


def numbers_conflict(statement: str, clause: str) -> bool:
    """Whether a clause gives another number or formula than a statement of the same thing; False where that is open."""
    expected, given = _amounts(statement), _amounts(clause)
    for noun, values in given.items():
        known = {value for other, others in expected.items() if _is_same(noun, other) for value in others}
        if known and not any(_equal(value, one) for value in values for one in known):
            return True
    if inverts(statement, clause) or any(
        _is_upside_down(one, other) for one in _ratios(statement) for other in _ratios(clause)
    ):
        return True
    return _other_formula(_expressions(statement), _expressions(clause))


def inverts(statement: str, clause: str) -> bool:
    """Whether one text multiplies by what the other divides by, and that alone."""
    expected, given = _amounts(statement), _amounts(clause)
    pairs = ((expected.get(one, frozenset()), given.get(other, frozenset())) for one, other in (("x", "÷"), ("÷", "x")))
    kept = any(expected.get(sign, frozenset()) & given.get(sign, frozenset()) for sign in ("x", "÷"))
    return not kept and any(one & other for one, other in pairs)


def other_value(point: str, nearest: Sequence[str]) -> int | None:
    """Return which of the clauses that come nearest to a point gives another number or formula of the same thing."""
    return next(
        (at for at, clause in enumerate(nearest) if numbers_conflict(point, clause) or _other_number(point, clause)),
        None,
    )


def _other_number(point: str, clause: str) -> bool:
    """Whether both give one number alone, of one unit and in nearly the same words, and not the same."""
    expected, given = list(spellings(point).values()), list(spellings(clause).values())
    if len(expected) != 1 or len(given) != 1 or expected[0][1] != given[0][1]:
        return False
    wanted, words = (frozenset(term for term in terms(text) if not term[0].isdigit()) for text in (point, clause))
    about = bool(wanted) and len(wanted & words) >= _SAME_MATTER * len(wanted)
    return about and not math.isclose(expected[0][0], given[0][0], rel_tol=1e-9)


def numbers(text: str) -> frozenset[str]:
    """Return the numbers of a text, digits or words, as digits."""
    return frozenset(_WORDS.get(found, found) for found in _ANY_NUMBER.findall(_folded(text)))


@lru_cache(maxsize=4096)
def _amounts(text: str) -> dict[str, frozenset[str]]:
    """Return the numbers and operands of a text by what they belong to."""
    found: dict[str, set[str]] = {}
    folded = _folded(text)
    for noun, value in [*_counted(folded), *_assigned(folded), *_operands(folded)]:
        found.setdefault(noun, set()).add(value)
    return {noun: frozenset(values) for noun, values in found.items()}


def _counted(folded: str) -> Iterator[tuple[str, str]]:
    for match in _COUNTED.finditer(folded):
        number, end = match["number"], match.end("number")
        noun = match["chinese"] or match["english"]
        loose = _LOOSE.search(folded[: match.start()]) or _RANGE.match(folded, end)
        if not loose and not is_function_word(noun):
            yield stem(noun), _WORDS.get(number, number)


def _assigned(folded: str) -> Iterator[tuple[str, str]]:
    for match in _ASSIGNED.finditer(folded):
        yield f"{match['letter']}=", match["value"]


def _operands(folded: str) -> Iterator[tuple[str, str]]:
    for match in _OPERAND.finditer(folded):
        operator = "÷" if match["operator"] in ("除以", "divided by") else "x"
        yield operator, formula_spelling(match["operand"])


@lru_cache(maxsize=4096)
def _expressions(text: str) -> frozenset[str]:
    """Return the formulas of a text that can be worked out, in one spelling."""
    found = (formula_spelling(match.group()) for match in _EXPRESSION.finditer(_folded(text)))
    return frozenset(one for one in found if symbols(one) is not None)


@lru_cache(maxsize=4096)
def _ratios(text: str) -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """Return what stands over and under each line of division in words, as terms."""
    return tuple((frozenset(terms(over)), frozenset(terms(under))) for over, under in _RATIO.findall(_folded(text)))


def _is_upside_down(one: tuple[frozenset[str], frozenset[str]], other: tuple[frozenset[str], frozenset[str]]) -> bool:
    return bool(one[0] & other[1] and one[1] & other[0]) and not (one[0] & other[0] or one[1] & other[1])


def _other_formula(expected: frozenset[str], given: frozenset[str]) -> bool:
    """Whether a formula has the letters of one of the statement, all but one at most, and another value."""
    pairs = [(one, other) for one in expected for other in given]
    if any(are_equal(one, other) or one in other or other in one for one, other in pairs):
        return False
    return any(_are_alike(symbols(one) or frozenset(), symbols(other) or frozenset()) for one, other in pairs)


def _are_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= _SHARED_LETTERS and len(one ^ other) <= 1


def _is_same(noun: str, other: str) -> bool:
    return noun == other or ("\u4e00" <= noun[0] <= "\u9fff" and (noun.startswith(other) or other.startswith(noun)))


def _equal(value: str, other: str) -> bool:
    return value == other or are_equal(value, other)


def _folded(text: str) -> str:
    return with_plain_marks(_LISTED.sub(" ", text))
