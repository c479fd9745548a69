"""Terms: the words that carry a text, weighted by how rare they are, compared with room for typos.

Word overlap is the second witness beside the vectors: it is sure where vectors are vague (names, numbers, formulas),
and it says nothing where they are strong (paraphrase, another language).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from viva.text.normal import normalise
from viva.text.segment import tokens
from viva.text.typos import TYPO_LENGTH, nearest

_SCATTERED = 0.5
_FUNCTION_WORDS = frozenset(
    """a an the this that these those it its he she they them their his her we our you your i my me is are was were be
    been being am do does did done have has had having will would shall should can could may might must of in on at by
    for from to into onto with as and or but if then than so because since while when where which who whom whose what
    why how there here about over under between through during before after above below up down out off again very just
    also too only own same other such both each few more most some any all s t don now get gets got one""".split()  # noqa: SIM905 - a list of 120 quoted words hides them
)
_FUNCTION_CHARACTERS = frozenset(
    "的了是在和与或及而且就都也会把被让给对于这那其此该等之以为从到有个些什么吗呢吧啊哪怎如何我你他它们可"
)
_FORMULA = re.compile(r"[a-z0-9_(){}\[\]+\-*/^=.<>≤≥∑√αβγδεηθλμσ|&\s]{3,}")
_OPERATOR = re.compile(r"[+*/^=<>≤≥∑√]|(?<=[\w)\]])-(?=[\w(\[])")
_MARKS = str.maketrans({"×": "*", "·": "*", "⋅": "*", "∗": "*", "÷": "/", "−": "-", "–": "-", "〖": "(", "〗": ")"})


def stem(word: str) -> str:
    """Return an English word without its commonest endings, so that "boxes" meets "box"; other words unchanged."""
    if len(word) < 5 or not word.isascii() or not word.isalpha():
        return word
    for ending, replacement in (("ies", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("es", ""), ("s", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            return word[: len(word) - len(ending)] + replacement
    return word


def is_function_word(word: str) -> bool:
    """Whether an English word in lower case only holds a sentence together."""
    return word in _FUNCTION_WORDS


@lru_cache(maxsize=4096)
def terms(text: str) -> tuple[str, ...]:
    """Return the content terms of `text` in order: Chinese bigrams and stemmed words, without function words."""
    return tuple(term for token in tokens(text) if (term := _content(token)))


def _content(token: str) -> str:
    if token.isascii():
        return "" if token in _FUNCTION_WORDS else stem(token)
    return "" if any(character in _FUNCTION_CHARACTERS for character in token) else token


@dataclass(frozen=True, slots=True)
class TermWeights:
    """How much a term tells, learned from the notes: rare terms tell more."""

    documents: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, texts: Iterable[str]) -> TermWeights:
        """Count in how many of `texts` each term stands."""
        counts: Counter[str] = Counter()
        documents = 0
        for text in texts:
            documents += 1
            counts.update(set(terms(text)))
        return cls(documents, dict(counts))

    def weight(self, term: str) -> float:
        """Return the inverse document frequency, smoothed, over that of an unseen term: above 0, at most 1.

        Without documents every term weighs 1. A lone Chinese character tells half as much as a bigram.
        """
        scale = 0.5 if len(term) == 1 else 1.0
        if not self.documents:
            return scale
        rarest = math.log(1.0 + self.documents / 0.5)
        return scale * math.log(1.0 + self.documents / (0.5 + self.counts.get(term, 0))) / rarest

    def total(self, bag: Iterable[str]) -> float:
        """Return the summed weight of the distinct terms."""
        return sum(self.weight(term) for term in sorted(set(bag)))


def matches(wanted: frozenset[str], clauses: Sequence[frozenset[str]]) -> dict[str, float]:
    """Return how well each wanted term is found in the terms of an answer's clauses, 0 to 1.

    1 when it is there, the similarity when it is there mistyped, half for a Chinese bigram whose two characters stand
    apart in one clause (word order and one inserted character change bigrams, not meaning).
    """
    given = frozenset().union(*clauses)
    characters = [frozenset("".join(term for term in clause if not term.isascii())) for clause in clauses]
    long_words = sorted(term for term in given if len(term) >= TYPO_LENGTH and term.isascii())
    found: dict[str, float] = {}
    for term in wanted:
        if term in given:
            found[term] = 1.0
        elif term.isascii():
            found[term] = _mistyped(term, long_words)
        else:
            found[term] = _SCATTERED if any(group.issuperset(term) for group in characters) else 0.0
    return found


def _mistyped(term: str, candidates: list[str]) -> float:
    if len(term) < TYPO_LENGTH or any(character.isdigit() for character in term):
        return 0.0
    best = nearest(term, candidates)
    return best[1] if best else 0.0


def recall(wanted: Iterable[str], clauses: Sequence[frozenset[str]], weights: TermWeights) -> float:
    """Return the weighted share of the wanted terms found in an answer's clauses, 0 to 1; 0 when none is wanted."""
    targets = frozenset(wanted)
    total = weights.total(targets)
    if not total:
        return 0.0
    found = matches(targets, clauses)
    return min(1.0, sum(weights.weight(term) * found[term] for term in sorted(targets)) / total)


def formulas(text: str) -> tuple[str, ...]:
    """Return the formulas in `text` in one spelling: no blanks, `*` for every sign of times.

    A formula is a run of letters, digits and brackets with at least one operator: "k = k + (k - 1)*(d - 1)".
    """
    found = [formula_spelling(run) for run in _FORMULA.findall(with_plain_marks(text)) if _OPERATOR.search(run)]
    return tuple(dict.fromkeys(run for run in found if len(run) >= 3))


def with_plain_marks(text: str) -> str:
    """Return `normalise(text)` with one sign for each operator, however it was typed: `*`, `/`, `-`, `(`, `)`."""
    return normalise(text.translate(_MARKS))


def formula_spelling(run: str) -> str:
    """Return one spelling of a formula: blanks gone, products written out, outer full stops and brackets dropped."""
    squeezed = re.sub(r"\s+", "", run)
    squeezed = re.sub(r"(?<=[\d)])x(?=[\d(])", "*", squeezed)
    squeezed = re.sub(r"\)\(", ")*(", squeezed)
    return squeezed.strip(".,;:")
