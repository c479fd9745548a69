"""Sentences and clauses, in Chinese and English, with nothing lost: the pieces joined give the text back."""

from __future__ import annotations

import re

from viva.text.normal import normalise

_SENTENCE_END = re.compile(
    r"""
    (?<=[。！？!?；;…])(?![。！？!?；;…”’"'）)\]】」』])     # Chinese marks and ! ? ; end a sentence anywhere
    | (?<=[。！？!?；;…][”’"'）)\]】」』])
    | (?<=[^\W\d_]{2}\.)(?=\s)(?!\s+[a-z])                  # a full stop after a word, not before a small letter
    | (?<=[\d)\]]\.)(?=\s+[A-Z\u3400-\u9fff])
    | (?<=\n)
    """,
    re.VERBOSE,
)
_CLAUSE_END = re.compile(r"(?<=[，,：:、])(?!\d)|(?<=—)(?!—)")
_MAY_END_SENTENCE = re.compile(r"[。！？!?；;….\n]")
_MAY_END_CLAUSE = re.compile(r"[，,：:、—]")
_ABBREVIATION = re.compile(r"\b(?:e\.g|i\.e|etc|vs|cf|fig|eq|al|resp|approx|dr|mr|ms|mrs|prof)\.$", re.IGNORECASE)
_LONGEST_ABBREVIATION = 10
"""Characters before a boundary that decide whether it is one, a line break included."""


def sentences(text: str) -> list[str]:
    """Split `text` into sentences; `"".join(sentences(text)) == text`.

    A line break ends a sentence: notes are written in lines.
    """
    return _split(text, _SENTENCE_END) if _MAY_END_SENTENCE.search(text) else [text] * bool(text)


def clauses(text: str) -> list[str]:
    """Split `text` into sentences and these at commas, colons and dashes; `"".join(clauses(text)) == text`."""
    return [clause for sentence in sentences(text) for clause in clauses_of(sentence)]


def clauses_of(sentence: str) -> list[str]:
    """Split one sentence at commas, colons and dashes."""
    return _split(sentence, _CLAUSE_END) if _MAY_END_CLAUSE.search(sentence) else [sentence]


def _split(text: str, boundary: re.Pattern[str]) -> list[str]:
    pieces: list[str] = []
    start = 0
    for match in boundary.finditer(text):
        end = match.end()
        if end <= start or _ABBREVIATION.search(text, max(start, end - _LONGEST_ABBREVIATION), end):
            continue
        pieces.append(text[start:end])
        start = end
    if start < len(text):
        pieces.append(text[start:])
    return pieces


_RUN = re.compile(
    r"([\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+)"
    r"|([^\W_\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+(?:\+\+|#)?)"
)


def tokens(text: str) -> list[str]:
    """Return the tokens of `text` in order: bigrams of each Chinese run (a lone character stands for itself), words.

    Bigrams are the standard unit of Chinese retrieval without a segmenter (Nie, Gao, Zhang & Zhou 2000): they need no
    dictionary, and a term inside a longer run is still found.
    """
    found: list[str] = []
    for chinese, word in _RUN.findall(normalise(text)):
        if word:
            found.append(word)
        elif len(chinese) == 1:
            found.append(chinese)
        else:
            found.extend(chinese[i : i + 2] for i in range(len(chinese) - 1))
    return found
